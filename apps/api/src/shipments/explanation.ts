import { explanation } from '@portolan/domain';
import { type Language, languages, wordsOf } from '@portolan/planning';
import { z } from 'zod';
import type { StoredExplanation } from '../projection/documents.js';

export const shipmentExplanation = z
  .strictObject({
    shipment: z.string(),
    language: z.enum(languages),
    words: z.array(z.string()).meta({ description: 'The facts in whole sentences of the language' }),
    plan: z
      .strictObject({
        version: z.int(),
        position: z.int(),
        now: z.string().meta({ format: 'date-time', description: 'The moment it was made for' }),
      })
      .meta({ description: 'The plan at whose prices it is told' }),
    explanation,
  })
  .meta({ description: 'Why a shipment travels as it does; docs/explanations.md' });

export type ShipmentExplanation = z.infer<typeof shipmentExplanation>;

/** The facts of an explanation, and what they say in a language. */
export const inLanguage = ({ explanation, plan }: StoredExplanation, language: Language): ShipmentExplanation => ({
  shipment: explanation.demand,
  language,
  words: wordsOf(explanation, language),
  plan,
  explanation,
});
