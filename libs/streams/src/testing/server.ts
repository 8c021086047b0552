/**
 * Tests that need a server whose address, host:port, is in an environment variable. Where it is not set they are skipped and say why;
 * on CI that is a failure.
 */
export const describeWithServer = (variable: string, tests: (address: string) => void): void => {
  const address = process.env[variable];
  if (address) return describe(`with a server (${variable})`, () => tests(address));
  if (process.env.CI === 'true') {
    it(`needs ${variable}=host:port`, () => {
      throw new Error(`${variable} is not set: run the tests with node tools/servers/run.mjs.`);
    });
    return;
  }
  describe.skip(`skipped, since ${variable}=host:port is not set (node tools/servers/run.mjs npm run test:int)`, () =>
    tests('127.0.0.1:1'));
};
