/** Tables of each kind, with each of the delimiters. */
export const csvSamples: readonly string[] = [
  `id,from,product,to,quantity,available,due,latest,minShelfLife,reefer,setPoint,equipment,references,revision
O-1,BEANR-869,,BELGG,4,2026-03-03T06:00:00Z,2026-03-05T06:00:00Z,,P5D,yes,13,APZU4812090 APZU4812091,BKG:AB1;TRD:X,1
O-2,,bananas,"BE, LGG",4.5,,2026-03-05T06:00:00+01:00,,,,,,,2026-03-01T00:00:00Z
`,
  'ID;Product;Location;Quantity;Available;Unit cost;Expires\r\nL-1;bananas;BEANR;40;2026-03-03T06:00:00Z;1e2;"2026-04-03T06:00:00Z"\r\n',
  `service\tmode\tvessel\timo\tvoyage\tcall\tlocation\tarrives\tdeparts\tcapacity\tcost\tfrom\tto\tduration
B-1\tbarge\tAlbertina\t9321483\tB/1\tB-1/1\tBEANR\t\t2026-03-03T06:00:00Z\t40\t12\t\t\t
B-1\t\t\t\tB/2\tB-1/2\tBELGG\t2026-03-03T16:00:00Z\t2026-03-03T18:00:00Z\t30\t9\t\t\t
B-1\tbarge\t\t\t\tB-1/3\tBEGNK\t2026-03-04T04:00:00Z\t\t\t\t\t\t
T-1\ttruck\t\t\t\t\t\t\t\t9\t95\tBEANR\tBELGG\tPT2H
`,
];
