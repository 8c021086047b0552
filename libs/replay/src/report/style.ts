/** The look of a report: on a screen, and on paper. */
export const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 28px 64px; max-width: 1020px; font: 15px/1.5 system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; color: #1f2933; background: #fff; }
h1 { font-size: 27px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 40px 0 10px; padding-top: 14px; border-top: 1px solid #d9dee3; }
h3 { font-size: 15px; margin: 24px 0 6px; }
p { margin: 4px 0 10px; }
.about, .note { color: #52606d; }
.note { font-size: 13px; }
.warning { border-left: 3px solid #b44d00; padding-left: 10px; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: #52606d; border-bottom: 1.5px solid #9aa5b1; padding: 5px 10px 5px 0; vertical-align: bottom; }
td { border-bottom: 1px solid #e4e7eb; padding: 5px 10px 5px 0; vertical-align: top; }
th.number, td.number { text-align: right; white-space: nowrap; }
td.worse { color: #b44d00; }
td.better { color: #00714f; }
tr.baseline td { background: #f5f7fa; }
td small { color: #52606d; display: block; }
svg { width: 100%; height: auto; display: block; font: 12.5px system-ui, sans-serif; fill: #1f2933; }
svg .tick { font-size: 11px; fill: #616e7c; }
svg .sum { font-weight: 600; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px; margin: 6px 0 14px; }
.halves { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 20px; }
.halves h4 { font-size: 13px; margin: 6px 0 2px; overflow-wrap: anywhere; }
.halves > div { break-inside: avoid; }
.legend i { display: inline-block; width: 12px; height: 12px; margin-right: 6px; border-radius: 2px; vertical-align: -1px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 14px 0; }
.tiles div { border: 1px solid #d9dee3; border-radius: 6px; padding: 10px 14px; }
.tiles b { display: block; font-size: 20px; font-variant-numeric: tabular-nums; }
.tiles span { font-size: 12.5px; color: #52606d; }
@media print {
  @page { size: A4; margin: 14mm; }
  body { padding: 0; max-width: none; font-size: 11pt; }
  h2, h3, .legend, h2 + .note, h3 + .note { break-after: avoid; }
  section.variant { break-before: page; }
  tr, svg, .tiles { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
