import { type Site, quays, shippers, terminals } from './site.js';

/** Deep-sea and feeder quays from Le Havre to Rotterdam. */
const seaTerminals = quays([
  ['BEANR-913', 'Antwerp, Noordzee Terminal, quay 913', 51.35, 4.27, 9],
  ['BEANR-869', 'Antwerp, Europa Terminal, quay 869', 51.34, 4.28, 8],
  ['BEANR-1742', 'Antwerp, MPET Deurganck dock, quay 1742', 51.29, 4.24, 16],
  ['BEANR-1700', 'Antwerp, Antwerp Gateway, quay 1700', 51.29, 4.27, 11],
  ['BEANR-BNFW', 'Antwerp, Belgian New Fruit Wharf', 51.26, 4.38, 2],
  ['BEZEE-CSP', 'Zeebrugge, CSP Terminal', 51.35, 3.19, 6],
  ['BEZEE-BNFW', 'Zeebrugge, Belgian New Fruit Wharf', 51.32, 3.21, 2],
  ['NLRTM-ECT', 'Rotterdam, ECT Delta Terminal', 51.95, 4.06, 12],
  ['NLRTM-EMX', 'Rotterdam, Euromax Terminal', 51.98, 4.03, 8],
  ['NLRTM-RWG', 'Rotterdam, Rotterdam World Gateway', 51.95, 3.99, 9],
  ['NLRTM-APM2', 'Rotterdam, APM Terminals Maasvlakte II', 51.95, 4.0, 9],
  ['NLRTM-RST', 'Rotterdam, Short Sea Terminals, Eemhaven', 51.88, 4.42, 4],
  ['NLVLI-KLB', 'Vlissingen, Kloosterboer Terminal', 51.45, 3.69, 2],
  ['NLMOE-CCT', 'Moerdijk, Combined Cargo Terminals', 51.68, 4.59, 3],
  ['FRDKK-TDF', 'Dunkirk, Terminal des Flandres', 51.02, 2.2, 3],
  ['FRLEH-TDF', 'Le Havre, Terminal de France', 49.46, 0.17, 2],
  ['GBFXT-TTY', 'Felixstowe, Trinity Terminal', 51.96, 1.3, 3],
  ['GBLGP-DPW', 'London Gateway', 51.51, 0.48, 2],
]);

const inlandTerminals = terminals('inland-terminal', [
  // Scheldt, Leie, Deule, sea canal, Sambre
  ['BEGNE-KLZ', 'Ghent Container Terminal, Kluizen dock', 51.16, 3.75, 5],
  ['BEAVL-AVC', 'Avelgem Container Terminal', 50.77, 3.45, 6],
  ['BEWIK-RTW', 'River Terminal Wielsbeke', 50.91, 3.37, 4],
  ['BEWLB-TCT', 'TCT Belgium, Willebroek', 51.07, 4.37, 4],
  ['BEBRU-TTB', 'Trimodal Terminal Brussels', 50.9, 4.39, 4],
  ['BELLV-GAR', 'La Louvière, Garocentre', 50.49, 4.13, 2],
  ['BECRL-DAM', 'Charleroi, Dampremy', 50.42, 4.43, 2],
  ['FRLIL-CPL', 'Lille, Port de Lille', 50.63, 3.03, 4],
  ['FRDRG-DL3', 'Dourges, Delta 3', 50.43, 2.98, 4],
  ['FRBTU-PBT', 'Béthune, river port', 50.53, 2.65, 2],
  ['FRVAL-STS', 'Valenciennes, Saint-Saulve', 50.38, 3.55, 3],
  // Albert Canal
  ['BEDEG-IWT', 'Deurne, Albert Canal', 51.23, 4.48, 4],
  ['BEMEH-WCT', 'Water Container Terminal Meerhout', 51.1, 5.09, 8],
  ['BEGNK-HVG', 'Haven Genk', 50.94, 5.49, 8],
  ['BELGG-TRI', 'Liège Trilogiport', 50.71, 5.68, 8],
  // Meuse and Brabant
  ['NLTLB-BTT', 'Barge Terminal Tilburg', 51.58, 5.05, 6],
  ['NLHTB-BCT', "BCTN 's-Hertogenbosch", 51.7, 5.29, 4],
  ['NLOSS-OCT', 'Osse Overslag Centrale', 51.78, 5.53, 4],
  ['NLVEN-TCT', 'Trimodal Container Terminal Venlo', 51.39, 6.16, 9],
  ['NLBON-BTB', 'Barge Terminal Born', 51.03, 5.79, 5],
  ['NLSTI-CTS', 'Container Terminal Stein', 50.97, 5.76, 3],
  // Waal, Rhine, canals of the Ruhr
  ['NLTIE-CTU', 'Container Terminal Tiel', 51.89, 5.43, 2],
  ['NLNIJ-BCT', 'BCTN Nijmegen', 51.86, 5.83, 5],
  ['DEEMM-RHE', 'Rhein-Waal-Terminal Emmerich', 51.84, 6.25, 4],
  ['DEDUI-D3T', 'Duisburg, logport', 51.4, 6.73, 14],
  ['DEDTM-CTD', 'Container Terminal Dortmund', 51.53, 7.44, 4],
  ['DENSS-RHN', 'Neuss Trimodal', 51.21, 6.71, 6],
  ['DECGN-CTS', 'Cologne-Niehl', 50.99, 6.97, 7],
  ['DEBON-AZS', 'Bonn, Am Zehnhoff', 50.76, 7.08, 3],
  ['DEAND-HAF', 'Andernach, Rhine port', 50.44, 7.41, 3],
  ['DEKOB-RHM', 'Koblenz, Rhine and Moselle port', 50.39, 7.58, 3],
  ['DEMNZ-FRC', 'Mainz, Frankenbach', 50.02, 8.25, 4],
  ['DEMHG-MCT', 'Mannheim Container Terminal', 49.5, 8.46, 7],
  ['DEGER-DPW', 'Germersheim, DP World', 49.23, 8.37, 5],
  ['DEWOE-CON', 'Wörth, Contargo', 49.05, 8.27, 4],
  ['FRSXB-RET', 'Strasbourg, Rhine Europe Terminals', 48.55, 7.8, 5],
  ['FROTM-RHN', 'Ottmarsheim, Mulhouse-Rhine', 47.78, 7.52, 3],
  ['CHBSL-CTB', 'Basel Kleinhüningen', 47.59, 7.6, 7],
  // Main, Neckar, Moselle
  ['DEFRA-HOE', 'Frankfurt-Höchst', 50.09, 8.54, 4],
  ['DEASC-HAF', 'Aschaffenburg, Bavarian port', 49.98, 9.12, 3],
  ['DEHEN-NCK', 'Heilbronn, Neckar port', 49.16, 9.2, 2],
  ['DESTR-SCT', 'Stuttgart Container Terminal', 48.77, 9.25, 4],
  ['DETRI-HAF', 'Trier, Moselle port', 49.79, 6.69, 2],
  ['FRTHL-ILL', 'Thionville-Illange', 49.33, 6.22, 3],
]);

const railTerminals = terminals('rail-terminal', [
  ['BEMQO-LAR', 'Mouscron, LAR', 50.76, 3.21, 2],
  ['LUBET-CFL', 'Bettembourg, CFL', 49.51, 6.1, 3],
  ['DELUH-KTL', 'Ludwigshafen, KTL', 49.53, 8.42, 4],
  ['DENUE-TRI', 'Nuremberg, Tricon', 49.4, 11.06, 4],
  ['DEMUC-RIE', 'Munich-Riem', 48.14, 11.7, 5],
  ['ATWEL-CCT', 'Wels, CCT', 48.16, 14.06, 3],
  ['ATVIE-FRE', 'Vienna Freudenau', 48.18, 16.48, 5],
  ['ITMIL-MEL', 'Milan, Melzo', 45.5, 9.42, 6],
  ['ITBUS-GAL', 'Busto Arsizio-Gallarate', 45.64, 8.82, 5],
  ['FRLYS-VEN', 'Lyon-Vénissieux', 45.71, 4.89, 3],
  ['CZPRG-UHR', 'Prague-Uhříněves', 50.03, 14.6, 4],
  ['PLPOZ-CTF', 'Poznań, Franowo', 52.38, 16.99, 3],
]);

const warehouses = shippers('warehouse', [
  ['DC-GEEL', 'Distribution centre Geel', 51.15, 4.96, 3],
  ['DC-TESSENDERLO', 'Chemical plant Tessenderlo', 51.07, 5.09, 3],
  ['DC-VILVOORDE', 'Distribution centre Vilvoorde', 50.93, 4.43, 3],
  ['DC-NIVELLES', 'Distribution centre Nivelles', 50.59, 4.34, 2],
  ['DC-HERSTAL', 'Distribution centre Herstal', 50.69, 5.63, 3],
  ['DC-TILBURG', 'Distribution centre Tilburg', 51.58, 5.01, 4],
  ['DC-VENLO', 'Distribution centre Venlo', 51.39, 6.1, 5],
  ['DC-SITTARD', 'Car parts Sittard-Geleen', 51.01, 5.84, 2],
  ['DC-KREFELD', 'Distribution centre Krefeld', 51.34, 6.66, 4],
  ['DC-UNNA', 'Distribution centre Unna', 51.53, 7.65, 3],
  ['DC-TROISDORF', 'Distribution centre Troisdorf', 50.81, 7.16, 2],
  ['DC-RODGAU', 'Distribution centre Rodgau', 50.03, 8.88, 3],
  ['DC-LUDWIGSHAFEN', 'Chemical plant Ludwigshafen', 49.51, 8.42, 4],
  ['DC-SINDELFINGEN', 'Car plant Sindelfingen', 48.7, 9.0, 3],
  ['DC-MULHOUSE', 'Car plant Mulhouse', 47.78, 7.43, 2],
  ['DC-MUTTENZ', 'Pharmaceuticals Muttenz', 47.53, 7.64, 3],
  ['DC-LAUWIN', 'Distribution centre Lauwin-Planque', 50.39, 3.05, 3],
  ['DC-ONNAING', 'Car plant Onnaing', 50.38, 3.6, 2],
  ['DC-NOVARA', 'Distribution centre Novara', 45.45, 8.62, 3],
]);

const coldStores = [
  ...shippers(
    'cold-store',
    [
      ['RIPE-MECHELEN', 'Ripening rooms Sint-Katelijne-Waver', 51.06, 4.52, 4],
      ['RIPE-VENLO', 'Ripening rooms Venlo', 51.41, 6.1, 4],
      ['RIPE-ROESELARE', 'Ripening rooms Roeselare', 50.96, 3.12, 3],
      ['RIPE-COLOGNE', 'Ripening rooms Cologne', 50.91, 6.97, 3],
      ['RIPE-PRATTELN', 'Ripening rooms Pratteln', 47.52, 7.69, 2],
    ],
    { takes: 'bananas' },
  ),
  ...shippers(
    'cold-store',
    [
      ['PACK-SINT-TRUIDEN', 'Pack house Sint-Truiden', 50.83, 5.19, 3],
      ['PACK-BORGLOON', 'Pack house Borgloon', 50.81, 5.35, 2],
      ['PACK-GLABBEEK', 'Pack house Glabbeek', 50.87, 4.95, 2],
      ['PACK-GELDERMALSEN', 'Pack house Geldermalsen', 51.88, 5.29, 2],
    ],
    { makes: 'pears' },
  ),
  ...shippers(
    'cold-store',
    [
      ['FRIES-IEPER', 'Frozen fries Ieper', 50.87, 2.87, 3],
      ['FRIES-WAREGEM', 'Frozen fries Waregem', 50.87, 3.45, 3],
      ['FRIES-LOMMEL', 'Frozen fries Lommel', 51.21, 5.31, 2],
      ['FRIES-BETHUNE', 'Frozen fries Béthune', 50.51, 2.66, 2],
    ],
    { makes: 'fries' },
  ),
];

/** Every place there is; a small hinterland uses some of them. */
export const sites: readonly Site[] = [
  ...seaTerminals,
  ...inlandTerminals,
  ...railTerminals,
  ...warehouses,
  ...coldStores,
];

const byId = new Map(sites.map((site) => [site.id, site]));

export function siteOf(id: string): Site {
  const site = byId.get(id);
  if (!site) throw new Error(`no site (${id}); sites are listed in sites.ts`);
  return site;
}
