const quoted = (value) => {
  const text = value === undefined || value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180 with LF: a header, then one line a row; what a row lacks is empty. */
export const csv = (columns, rows) =>
  [columns.join(','), ...rows.map((row) => columns.map((column) => quoted(row[column])).join(','))].join('\n') + '\n';

export const orderColumns =
  'id,customer,from,product,to,quantity,unitSize,available,due,latest,latePerUnitHour,revenue,unservedPenalty,minShelfLife,reefer,setPoint,spoilagePerUnitHour,equipment'.split(
    ',',
  );
export const lotColumns = 'id,product,location,quantity,available,produced,expires,unitCost,equipment'.split(',');
export const serviceColumns =
  'service,mode,operator,vessel,imo,voyage,call,location,arrives,departs,capacity,cost,co2eKg,reeferPlugs'.split(',');
export const truckColumns = 'service,mode,from,to,duration,cost,co2eKg,capacity,reeferPlugs'.split(',');
