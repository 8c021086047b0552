import { instant } from './time.mjs';

/** CloudEvents 1.0, structured. The receiver adds when it was received and the planning cell. */
export const cloudEvent = (type, { id, source, subject, time, data }) => ({
  specversion: '1.0',
  id,
  source,
  type: `org.portolan.${type}`,
  ...(subject && { subject }),
  time: instant(time),
  datacontenttype: 'application/json',
  data,
});
