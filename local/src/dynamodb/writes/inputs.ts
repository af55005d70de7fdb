import * as z from 'zod/mini';
import { expressionFields, itemField, keyField, tableField } from '../fields.ts';

const condition = {
  ...expressionFields,
  ConditionExpression: z.optional(z.string()),
  ReturnValuesOnConditionCheckFailure: z.optional(z.enum(['ALL_OLD', 'NONE'])),
};

/** Members that say what to write, shared by the single operations and the items of a transaction. */
export const putFields = { ...tableField, ...itemField, ...condition };
export const deleteFields = { ...tableField, ...keyField, ...condition };
export const updateFields = { ...deleteFields, UpdateExpression: z.optional(z.string()) };

export const putInput = z.object(putFields);
export const deleteInput = z.object(deleteFields);
export const updateInput = z.object(updateFields);
export const checkInput = z.object({ ...deleteFields, ConditionExpression: z.string() });

export type PutInput = z.infer<typeof putInput>;
export type DeleteInput = z.infer<typeof deleteInput>;
export type UpdateInput = z.infer<typeof updateInput>;
export type CheckInput = z.infer<typeof checkInput>;
