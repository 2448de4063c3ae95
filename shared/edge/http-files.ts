/**
 * The wrappers around routes that take a file's bytes in or hand them out.
 * From: people and machines that upload or export. Next: a piece's workflow.
 * An upload is repeatable by its place (the block's number), so that it needs no Idempotency-Key.
 */
import type { ProblemCode } from '../contracts/problems.ts';
import type { Schema } from '../contracts/schema.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { bytesOf } from './body.ts';
import type { Edge } from './edge.ts';
import { checkAnswerFields } from './fields.ts';
import {
  answerCall,
  registerRoute,
  seenBy,
  type Call,
  type HttpFunction,
  type RouteOf,
} from './http-call.ts';
import { oneExport } from './one-export.ts';
import { plainHeaders } from './problem.ts';

export type UploadRoute<Params, Query, Answer> = RouteOf<Params, Query> & {
  method: 'PUT' | 'POST';
  /** A larger body is refused unread. */
  mostBytes: number;
  /** Content types that are taken, in lower case; any when absent. */
  types?: readonly string[];
  answer: Schema<Answer>;
  /** 200 when nothing is said. */
  status?: 200 | 201 | 202;
  run: (call: Call<Params, Query> & { bytes: Uint8Array }) => Promise<Outcome<Answer, ProblemCode>>;
};

/** Registers a route that takes raw bytes. @throws when the matrix does not know its action. */
export const onUpload = <Params, Query, Answer>(
  edge: Edge,
  route: UploadRoute<Params, Query, Answer>,
): void => {
  checkAnswerFields(route, route.answer);
  registerRoute(edge, route, [route.method], uploadFunction(edge, route));
};

/** The function the platform calls, without its registration. */
export const uploadFunction =
  <Params, Query, Answer>(edge: Edge, route: UploadRoute<Params, Query, Answer>): HttpFunction =>
  (request, context) =>
    answerCall(edge, route, request, context, async (call) => {
      const type = (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
      if (route.types && !route.types.includes(type))
        return refuse('body-type-not-right', `Send one of ${route.types.join(', ')}.`);
      const bytes = await bytesOf(request, route.mostBytes);
      if (!bytes.ok) return bytes;
      const outcome = await route.run({ ...call, bytes: bytes.value });
      if (!outcome.ok) return outcome;
      const jsonBody = seenBy(route, call.caller, route.answer.parse(outcome.value));
      return done({ status: route.status ?? 200, headers: plainHeaders, jsonBody });
    });

export type Download = {
  fileName: string;
  contentType: string;
  bytes: Uint8Array | AsyncIterable<Uint8Array>;
  /** Sent beside it; asked for once all bytes are there. */
  headers?: () => Readonly<Record<string, string>>;
};

/** A file has no places: its workflow asks `sees` for each column of the table of fields. */
export type DownloadRoute<Params, Query> = Omit<RouteOf<Params, Query>, 'fields' | 'reduced'> & {
  run: (call: Call<Params, Query>) => Promise<Outcome<Download, ProblemCode>>;
};

/** Registers a route that hands out a file; it answers GET and HEAD. @throws when the matrix does not know its action. */
export const onDownload = <Params, Query>(edge: Edge, route: DownloadRoute<Params, Query>): void =>
  registerRoute(edge, route, ['GET', 'HEAD'], downloadFunction(edge, route));

/** The function the platform calls, without its registration. */
export const downloadFunction =
  <Params, Query>(edge: Edge, route: DownloadRoute<Params, Query>): HttpFunction =>
  (request, context) =>
    answerCall(edge, route, request, context, async (call) => {
      const made = () => wholeFile(route, call);
      const outcome = await (route.countedAs === 'export' ? oneExport(edge, call, context, made) : made());
      if (!outcome.ok) return outcome;
      const { fileName, contentType, body, headers: more } = outcome.value;
      const headers = {
        ...more?.(),
        ...plainHeaders,
        'content-type': contentType,
        'content-disposition': dispositionOf(fileName),
        'content-security-policy': 'sandbox',
      };
      return done({ status: 200, headers, body });
    });

const wholeFile = async <Params, Query>(
  { run }: DownloadRoute<Params, Query>,
  call: Call<Params, Query>,
): Promise<Outcome<Omit<Download, 'bytes'> & { body: Uint8Array }, ProblemCode>> => {
  const outcome = await run(call);
  if (!outcome.ok) return outcome;
  const { bytes, ...file } = outcome.value;
  return done({ ...file, body: await wholeOf(bytes) });
};

/** Collected here, so that a fault half-way is a Problem and not half a file. */
const wholeOf = async (bytes: Download['bytes']): Promise<Uint8Array> => {
  if (bytes instanceof Uint8Array) return bytes;
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Always saved, never shown; the name in RFC 5987's spelling beside a plain one. */
const dispositionOf = (fileName: string): string => {
  const plain = fileName.replace(/[^A-Za-z0-9._-]/g, '_');
  const full = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
};
