import { GroupCommit } from './group-commit.js';

describe('group commit', () => {
  it('commits together what arrives while a commit is under way, in order', async () => {
    const groups: (readonly number[])[] = [];
    const commits = new GroupCommit<number, string>(async (works) => {
      groups.push(works);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return works.map(String);
    });
    const first = commits.add(1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await Promise.all([first, commits.add(2), commits.add(3)])).toEqual(['1', '2', '3']);
    expect(groups).toEqual([[1], [2, 3]]);
  });

  it('fails one work of a group whose result is a failure, and no other', async () => {
    const commits = new GroupCommit<number, number>(async (works) =>
      works.map((work) => (work === 2 ? Promise.reject(new Error('too large')) : work)),
    );
    const settled = await Promise.allSettled([commits.add(1), commits.add(2), commits.add(3)]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('fails a whole group when its commit fails, and goes on with the next', async () => {
    let fail = true;
    const commits = new GroupCommit<number, number>(async (works) => {
      if (fail) throw new Error('disk full');
      return works;
    });
    const failed = await Promise.allSettled([commits.add(1), commits.add(2)]);
    fail = false;
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await commits.add(3)).toBe(3);
  });
});
