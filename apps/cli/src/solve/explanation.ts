import type { Explanation } from '@portolan/domain';
import { type Language, type LivePlan, wordsOf } from '@portolan/planning';
import { CommandFailure, exitCodes } from '../exit.js';

/** Why a demand of the plan travels as it does. One that is not in the problem is wrong use, and some that are get named. */
export function explanationIn(live: LivePlan, demand: string): Explanation {
  const outcome = live.explain(demand);
  if ('explanation' in outcome) return outcome.explanation;
  const [{ value, message }] = outcome.faults as [(typeof outcome.faults)[number]];
  throw new CommandFailure(exitCodes.wrongUse, `--explain ${String(value)} ${message}`);
}

/** In sentences, one a line, or as JSON with the facts. */
export function explanationText(explanation: Explanation, language: Language, asJson: boolean): string {
  const words = wordsOf(explanation, language);
  return `${asJson ? JSON.stringify({ language, words, explanation }, null, 2) : words.join('\n')}\n`;
}
