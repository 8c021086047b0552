import { type Workbook, sheetData, workbookOf } from '../../workbook.js';

const goods = ['id', 'from', 'to', 'quantity', 'available', 'due'];
const shared = [...goods, 'O-1', 'BEANR-869', 'BELGG', '2026-03-03T06:00:00Z', 'L-1', 'bananas'];
const s = (reference: string, text: string): string => `<c r="${reference}" t="s"><v>${shared.indexOf(text)}</v></c>`;
const header = `<row r="1">${goods.map((name, at) => s(`${'ABCDEF'[at]}1`, name)).join('')}</row>`;
const quantity = '<c r="D2" s="1"><f>A1*2</f><v>4.5</v></c>';
const orders = `<sheetData>${header}<row r="2">${s('A2', 'O-1')}${s('B2', 'BEANR-869')}${s('C2', 'BELGG')}${quantity}${s('E2', '2026-03-03T06:00:00Z')}</row></sheetData><mergeCells count="1"><mergeCell ref="A9:B9"/></mergeCells>`;

const moved =
  '<row><c t="str"><v>APZU4812106</v></c><c t="str"><v>OUT</v></c><c s="1"><v>46083.3</v></c><c t="str"><v>NLRTM</v></c></row>';

const workbooks: readonly Workbook[] = [
  { sheets: { Orders: orders }, strings: shared, formats: ['0.00', 'dd/mm/yy'], before: '<cols/>' },
  {
    sheets: {
      Orders: sheetData(goods, ['O-1', 'BEANR-869', 'BELGG', 4, '2026-03-03T06:00:00Z', '2026-03-05T06:00:00Z']),
      Lots: sheetData(
        ['id', 'product', 'location', 'quantity', 'available'],
        ['L-1', 'bananas &amp; &#x70;ears', 'BEANR', 40, '2026-03-03T06:00:00Z'],
      ),
    },
    from1904: true,
  },
];

/** Workbooks as Excel writes them: with shared texts and a formula, with texts in the cells, with two sheets. */
export const workbookSamples: readonly Buffer[] = workbooks.map((workbook) => Buffer.from(workbookOf(workbook)));

/** Read by the mapping of moves: titles above the header, a number where text is wanted, a date of a style. */
export const mappedWorkbook: Buffer = Buffer.from(
  workbookOf({
    sheets: {
      Moves: sheetData(
        ['Gate moves of the day'],
        ['Container', 'Move', 'Moment', 'Port', 'Gross'],
        ['APZU4812090', 'IN', '2026-03-02 07:30:00', 'BEANR', 21.4],
      ).replace('</sheetData>', `${moved}</sheetData>`),
    },
    formats: ['yyyy-mm-dd hh:mm'],
  }),
);
