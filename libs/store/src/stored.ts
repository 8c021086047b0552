import type { Stored } from './read-model.js';

/** How both adapters keep a document: as the JSON text of a pair, the position of the change that wrote it and the document. */
export const textOf = (position: number, document: unknown): string => `[${position},${JSON.stringify(document)}]`;

export const storedOf = <T>(id: string, text: string): Stored<T> => {
  const comma = text.indexOf(',');
  const json = text.slice(comma + 1, -1);
  return {
    id,
    position: Number(text.slice(1, comma)),
    json,
    get document() {
      return JSON.parse(json) as T;
    },
  };
};
