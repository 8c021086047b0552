// Rail and feeder lines: where they stop and when they leave.

/** Trains run at 50 km/h on average, changes of locomotive and driver included; stops and days as above. */
export const railLines = [
  {
    code: 'RAIL-DUI',
    name: 'Antwerp Gateway – Duisburg',
    operator: 'Scheldt Rail',
    stops: [
      ['BEANR-1700', 3],
      ['DEDUI-D3T', 3],
    ],
    out: { days: [0, 1, 2, 3, 4], hour: 19 },
    home: { days: [1, 2, 3, 4, 5], hour: 18 },
    capacity: 12,
    plugs: 4,
  },
  {
    code: 'RAIL-UPP',
    name: 'Noordzee Terminal – Mannheim – Basel',
    operator: 'Scheldt Rail',
    stops: [
      ['BEANR-913', 3],
      ['DEMHG-MCT', 4],
      ['CHBSL-CTB', 4],
    ],
    out: { days: [1, 3, 5], hour: 17 },
    home: { days: [0, 2, 4], hour: 15 },
    capacity: 12,
    plugs: 4,
  },
  {
    code: 'RAIL-ZEE',
    name: 'Zeebrugge – Antwerp Deurganck – Genk',
    operator: 'Littoral Rail',
    stops: [
      ['BEZEE-CSP', 3],
      ['BEANR-1742', 3],
      ['BEGNK-HVG', 3],
    ],
    out: { days: [0, 2, 4], hour: 20 },
    home: { days: [1, 3, 5], hour: 19 },
    capacity: 10,
    plugs: 4,
  },
  {
    code: 'RAIL-ZDU',
    name: 'Zeebrugge – Duisburg',
    operator: 'Littoral Rail',
    stops: [
      ['BEZEE-CSP', 3],
      ['DEDUI-D3T', 3],
    ],
    out: { days: [1, 4], hour: 18 },
    home: { days: [2, 5], hour: 17 },
    capacity: 8,
    plugs: 4,
  },
  {
    code: 'RAIL-VEN',
    name: 'Maasvlakte – Venlo',
    operator: 'Brabant Rail Shuttle',
    stops: [
      ['NLRTM-RWG', 3],
      ['NLRTM-ECT', 3],
      ['NLVEN-TCT', 3],
    ],
    out: { days: [0, 1, 2, 3, 4], hour: 15 },
    home: { days: [1, 2, 3, 4, 5], hour: 6 },
    capacity: 8,
    plugs: 4,
  },
  {
    code: 'RAIL-RDU',
    name: 'Maasvlakte – Duisburg – Mannheim',
    operator: 'Betuwe Rail',
    stops: [
      ['NLRTM-APM2', 3],
      ['DEDUI-D3T', 3],
      ['DEMHG-MCT', 4],
    ],
    out: { days: [1, 3, 5], hour: 20 },
    home: { days: [0, 2, 4], hour: 17 },
    capacity: 10,
    plugs: 4,
  },
];

/** A feeder between the seaports; distances in km by sea, 22 km/h in the Scheldt and at sea on average. */
export const feederLines = [
  {
    code: 'FEEDER',
    name: 'Zeebrugge – Antwerp – Rotterdam',
    operator: 'Delta Feeders',
    stops: [
      ['BEZEE-CSP', 8],
      ['BEANR-1742', 10],
      ['NLRTM-ECT', 8],
    ],
    hops: [
      [95, 0, 22],
      [190, 0, 22],
    ],
    out: { days: [1, 5], hour: 6 },
    home: { days: [3, 0], hour: 8 },
    capacity: 16,
    plugs: 10,
  },
];
