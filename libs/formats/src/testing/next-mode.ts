/** The header of the next-mode-of-transport file, and a line. */
export const nextModeHeader =
  'Container number;Bill of lading;IMO;ETA ocean vessel;Shipping line;PortLoCode;Terminal;Nmot;Transport operator name;' +
  'Transport operator vat;Transport operator NxtPort ID;Conveyance ID;Voyage;ET pickup;ET final delivery;' +
  'Destination locode;Destination terminalcode;Connecting vessel;Reference';
export const nextModeRow =
  'APZU4812090;BL77001;9321483;2026-03-03T08:00:00+01:00;APLU;BEANR;0S913;barge;LEIE LINES;BE0123456749;NXT17000000001;' +
  '02325838;LL0412;2026-03-04T09:00:00+01:00;2026-03-05T09:00:00+01:00;BELGG;00TRI;;REF-1';
