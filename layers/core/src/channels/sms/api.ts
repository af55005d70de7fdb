import * as v from 'valibot';
import { maybe, number, object } from '../shared/read.ts';

const text = maybe(v.string());

/** Notify's answer: nothing is published but `status` and `message`, and only a failure's. */
export const notifyAnswer = object({ status: text, messageId: text, id: text });

/** VictoryLink's answer is a number, bare or quoted. */
export const victoryLinkAnswer = v.union([
  number,
  v.pipe(
    v.string(),
    v.check((text) => /^\s*-?\d{1,9}\s*$/.test(text)),
    v.transform(Number),
  ),
]);
