/**
 * What crosses the line between a host and the `@azure/functions` library, as far as it is used here.
 * From: `@azure/functions` 4.16.5, which asks for a module `@azure/functions-core`. Next: every trigger
 * builds an `InvocationRequest`; `invoke.ts` hands it to the library's own conversions.
 */
import type { InvocationContext, LogLevel } from '@azure/functions';

/** A value on its way to or from a handler; exactly one field is set. */
export type TypedData = {
  string?: string;
  json?: string;
  bytes?: Uint8Array;
  int?: number;
  double?: number;
  http?: HttpData;
  collectionString?: { string: string[] };
};

export type Nullable<T> = { value: T };

export type CookieData = {
  name: string;
  value: string;
  path?: Nullable<string>;
  domain?: Nullable<string>;
  expires?: Nullable<{ seconds: number }>;
  maxAge?: Nullable<number>;
  secure?: Nullable<boolean>;
  httpOnly?: Nullable<boolean>;
  sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
};

export type HttpData = {
  url?: string;
  method?: string;
  nullableHeaders?: Record<string, Nullable<string>>;
  nullableQuery?: Record<string, Nullable<string>>;
  nullableParams?: Record<string, Nullable<string>>;
  statusCode?: string;
  headers?: Record<string, string>;
  cookies?: CookieData[];
  body?: TypedData;
};

/** A binding as the registration wrote it; the trigger's options are further fields. */
export type Binding = { type: string; direction: 'in' | 'out'; name: string; [option: string]: unknown };

export type RetryOptions = {
  retryStrategy: 'fixedDelay' | 'exponentialBackoff';
  /** -1 means for ever. */
  maxRetryCount: number;
  delayInterval?: { seconds: number };
  minimumInterval?: { seconds: number };
  maximumInterval?: { seconds: number };
};

export type FunctionMetadata = {
  name: string;
  bindings: Record<string, Binding>;
  retryOptions?: RetryOptions;
};

export type FunctionCallback = (...inputs: unknown[]) => unknown;

export type TraceContext = { traceParent: string; traceState: string; attributes: Record<string, string> };

export type RetryContext = {
  retryCount: number;
  maxRetryCount: number;
  exception?: { message: string; source: string; stackTrace: string };
};

export type InvocationRequest = {
  invocationId: string;
  functionId: string;
  inputData: { name: string; data: TypedData }[];
  triggerMetadata: Record<string, TypedData>;
  traceContext: TraceContext;
  retryContext?: RetryContext;
};

export type InvocationResponse = { returnValue?: TypedData | null };

export type LogCategory = 'user' | 'system';
export type CoreLog = (level: LogLevel, category: LogCategory, message: string) => void;

export type CoreInvocation = {
  invocationId: string;
  request: InvocationRequest;
  metadata: FunctionMetadata;
  state?: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';
  log: CoreLog;
};

export type InvocationModel = {
  getArguments(): Promise<{ context: InvocationContext; inputs: unknown[] }>;
  invokeFunction(context: InvocationContext, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: InvocationContext, result: unknown): Promise<InvocationResponse>;
};

export type ProgrammingModel = { getInvocationModel(invocation: CoreInvocation): InvocationModel };

export const hookNames = ['preInvocation', 'postInvocation', 'appStart', 'appTerminate', 'log'] as const;
export type HookName = (typeof hookNames)[number];
export type HookCallback = (context: Record<string, unknown>) => unknown;
