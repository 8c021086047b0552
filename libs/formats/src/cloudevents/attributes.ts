import { envelope } from '@portolan/domain';

/** The attributes of an event in the log (`data` apart), and those among them that only the receiver may set. */
export const attributeNames: readonly string[] = Object.keys(envelope.shape);
export const receiverSets = ['recordedtime', 'partitionkey'];

/** CloudEvents 1.0, "Naming conventions": lower-case letters and digits. */
export const isAttributeName = (name: string): boolean => /^[a-z0-9]+$/.test(name);
