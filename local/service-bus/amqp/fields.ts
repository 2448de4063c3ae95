/**
 * Fields of `$management` requests and answers, with their AMQP types.
 * From: `amqp/operations.ts`. Next: the same.
 */
import rhea from 'rhea';
import { argumentError } from '../core/errors.ts';
import { uuidText } from './lock-tokens.ts';

export type Fields = Record<string, unknown>;

const longCode = 0x81;
const timestampCode = 0x83;

export const longs = (values: readonly number[]): unknown =>
  rhea.types.wrap_array(values, longCode, undefined);
export const instants = (values: readonly number[]): unknown =>
  rhea.types.wrap_array(values, timestampCode, undefined);
export const asInstants = (value: number): unknown => rhea.types.wrap_timestamp(value);

/** A whole number; absent is 0. @throws BusError */
export const numberIn = (fields: Fields, name: string): number => {
  const value = Number(fields[name] ?? 0);
  if (!Number.isSafeInteger(value)) throw argumentError(`${name}: expected a whole number.`);
  return value;
};

export const textIn = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
};

/** A list of whole numbers. @throws BusError */
export const asNumbers = (fields: Fields, name: string): number[] => {
  const values = fields[name];
  if (!Array.isArray(values)) throw argumentError(`${name}: expected an array.`);
  return values.map((value: unknown) => {
    if (typeof value !== 'number') throw argumentError(`${name}: expected whole numbers.`);
    return value;
  });
};

/** The lock tokens of a request. @throws BusError */
export const tokensIn = (fields: Fields): string[] => {
  const values = fields['lock-tokens'];
  if (!Array.isArray(values)) throw argumentError('lock-tokens: expected an array.');
  return values.map((value: unknown) => {
    if (!(value instanceof Uint8Array) || value.length !== 16)
      throw argumentError('lock-tokens: expected uuids.');
    return uuidText(value);
  });
};
