import * as z from 'zod/mini';

const NAME = /^[a-zA-Z0-9_.-]+$/;

/** A name of a table or an index, as new ones must be. */
export const newName = z.string().check(z.minLength(3), z.maxLength(255), z.regex(NAME));

const attributeName = z.string().check(z.minLength(1), z.maxLength(255));

export const attributeDefinitions = z.array(
  z.object({ AttributeName: attributeName, AttributeType: z.enum(['S', 'N', 'B']) }),
);

export const keySchema = z
  .array(z.object({ AttributeName: attributeName, KeyType: z.enum(['HASH', 'RANGE']) }))
  .check(z.minLength(1));

export const throughput = z.object({
  ReadCapacityUnits: z.int().check(z.minimum(1)),
  WriteCapacityUnits: z.int().check(z.minimum(1)),
});

export const indexDefinition = z.object({
  IndexName: newName,
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.optional(z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE'])),
    NonKeyAttributes: z.optional(z.array(attributeName).check(z.minLength(1), z.maxLength(20))),
  }),
});

export const streamSpecification = z.object({
  StreamEnabled: z.boolean(),
  StreamViewType: z.optional(z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'])),
});

export const tagList = z.array(
  z.object({ Key: z.string().check(z.minLength(1), z.maxLength(128)), Value: z.string() }),
);

export type AttributeDefinitions = z.infer<typeof attributeDefinitions>;
export type KeySchema = z.infer<typeof keySchema>;
export type IndexDefinition = z.infer<typeof indexDefinition>;
export type StreamSpecification = z.infer<typeof streamSpecification>;
export type TagList = z.infer<typeof tagList>;
