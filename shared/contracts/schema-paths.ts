/**
 * Where a path leads in a schema: names with dots between, `*` for each element of a list or each value of a record.
 * From: routes that say which of their fields the access tables name. Next: the edge checks them at start.
 */
import { z } from 'zod';
import type { Schema } from './schema.ts';

type AnySchema = Schema<unknown>;

/** Every schema the path leads to, through optional places and all sides of a union; none when it leads nowhere. */
export const schemasAt = (schema: AnySchema, path: string): AnySchema[] =>
  path.split('.').reduce<AnySchema[]>((found, name) => found.flatMap((one) => inside(one, name)), [schema]);

/** Whether a value may be absent at each place the path leads to. */
export const mayBeAbsent = (schema: AnySchema, path: string): boolean =>
  schemasAt(schema, path).every((one) => one.safeParse(undefined).success);

/** Whether a text may stand at each place the path leads to. */
export const mayBeText = (schema: AnySchema, path: string, text: string): boolean =>
  schemasAt(schema, path).every((one) => one.safeParse(text).success);

const inside = (schema: AnySchema, name: string): AnySchema[] => {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
  )
    return inside(schema.unwrap() as AnySchema, name);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => inside(one as AnySchema, name));
  if (schema instanceof z.ZodPipe)
    return [...inside(schema.in as AnySchema, name), ...inside(schema.out as AnySchema, name)];
  if (schema instanceof z.ZodArray) return name === '*' ? [schema.element as AnySchema] : [];
  if (schema instanceof z.ZodRecord) return [schema.valueType as AnySchema];
  const place = schema instanceof z.ZodObject ? (schema.shape[name] as AnySchema | undefined) : undefined;
  return place === undefined ? [] : [place];
};
