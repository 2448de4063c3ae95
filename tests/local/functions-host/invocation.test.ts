/**
 * What happens around a handler: hooks, retries, logs, trace context, settings, several apps, the end.
 */
import { app, type InvocationContext, type LogLevel } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../../local/clock.ts';
import { createFaultSwitch, type FaultKind } from '../../../local/kit/faults.ts';
import { appNamed, hostJson, hostOf, until } from './support.ts';

const text = async (url: string, init?: RequestInit) => (await fetch(url, init)).text();

describe('hooks', () => {
  it('run around the handler in the order they were registered, with shared data', async () => {
    const order: string[] = [];
    const { url } = await hostOf(() => {
      app.hook.preInvocation(({ hookData }) => {
        hookData['from'] = 'pre';
        order.push('pre 1');
      });
      app.hook.preInvocation(async () => void order.push('pre 2'));
      app.hook.postInvocation(({ hookData, result }) => {
        order.push(`post ${String(hookData['from'])} ${JSON.stringify(result)}`);
      });
      app.get('one', () => {
        order.push('handler');
        return { body: 'x' };
      });
    });
    await text(`${url}/one`);
    expect(order).toEqual(['pre 1', 'pre 2', 'handler', 'post pre {"body":"x"}']);
  });

  it('may replace inputs, handler and result', async () => {
    const { url } = await hostOf(() => {
      app.hook.preInvocation((context) => {
        const { functionHandler } = context;
        context.functionHandler = async (...inputs) => {
          const result = (await functionHandler(...inputs)) as { body: string };
          return { body: `wrapped ${result.body}` };
        };
      });
      app.hook.postInvocation((context) => {
        context.result = { body: `${(context.result as { body: string }).body}, twice` };
      });
      app.get('one', () => ({ body: 'x' }));
    });
    expect(await text(`${url}/one`)).toBe('wrapped x, twice');
  });

  it('a post-invocation hook may turn an error into a result', async () => {
    const host = await hostOf(() => {
      app.hook.postInvocation((context) => {
        if (!context.error) return;
        context.error = undefined;
        context.result = { status: 418 };
      });
      app.get('one', () => {
        throw new Error('no luck');
      });
    });
    expect((await fetch(`${host.url}/one`)).status).toBe(418);
    expect(host.counts()['work/one failures']).toBeUndefined();
  });

  it('a pre-invocation hook that throws keeps the handler from running', async () => {
    let isCalled = false;
    const { url } = await hostOf(() => {
      app.hook.preInvocation(() => {
        throw new Error('not today');
      });
      app.get('one', () => {
        isCalled = true;
        return {};
      });
    });
    expect((await fetch(`${url}/one`)).status).toBe(500);
    expect(isCalled).toBe(false);
  });

  it('a disposed hook is not called any more', async () => {
    let calls = 0;
    const { url } = await hostOf(() => {
      const hook = app.hook.preInvocation(() => void calls++);
      hook.dispose();
      app.get('one', () => ({}));
    });
    await text(`${url}/one`);
    expect(calls).toBe(0);
  });

  it('app hooks run at start and end', async () => {
    const order: string[] = [];
    const host = await hostOf(() => {
      app.hook.appStart(() => void order.push('start'));
      app.hook.appTerminate(() => void order.push('end'));
      app.get('one', () => ({}));
    });
    expect(order).toEqual(['start']);
    await host.close();
    expect(order).toEqual(['start', 'end']);
  });
});

describe('logs', () => {
  const levelsOf = (context: InvocationContext) => {
    context.trace('t');
    context.debug('d');
    context.info('i');
    context.warn('w');
    context.error('e');
  };

  it('lines carry app, function and level; what lies below the level of host.json is left out', async () => {
    const host = await hostOf(() =>
      app.get('one', (_request, context) => {
        levelsOf(context);
        return {};
      }),
    );
    await text(`${host.url}/one`);
    expect(host.lines).toEqual(['work/one information: i', 'work/one warning: w', 'work/one error: e']);
  });

  it('host.json sets the level per function', async () => {
    const logLevel = { default: 'Error', 'Function.loud': 'Debug' };
    const host = await hostOf(
      () => {
        for (const name of ['loud', 'quiet'])
          app.get(name, (_request, context) => {
            levelsOf(context);
            return {};
          });
      },
      { hostJson: { ...hostJson, logging: { logLevel } } },
    );
    await text(`${host.url}/loud`);
    await text(`${host.url}/quiet`);
    expect(host.lines.map((line) => line.split(' ')[0])).toEqual([
      ...Array.from({ length: 4 }, () => 'work/loud'),
      'work/quiet',
    ]);
  });

  it('a log hook sees every line with its invocation and may change it', async () => {
    const seen: [LogLevel, string, string | undefined][] = [];
    const host = await hostOf(() => {
      app.hook.log((context) => {
        seen.push([context.level, context.category, context.invocationContext?.functionName]);
        context.message = context.message.replace('secret', '***');
      });
      app.get('one', (_request, context) => {
        context.log('a secret', { deep: 1 });
        return {};
      });
    });
    await text(`${host.url}/one`);
    expect(seen).toEqual([['information', 'user', 'one']]);
    expect(host.lines).toEqual(['work/one information: a *** { deep: 1 }']);
  });
});

describe('trace context', () => {
  const traceOf = async (headers: Record<string, string>) => {
    let context: InvocationContext | undefined;
    const { url } = await hostOf(() =>
      app.get('one', (_request, one) => {
        context = one;
        return {};
      }),
    );
    await text(`${url}/one`, { headers });
    return context?.traceContext;
  };
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';

  it('continues the trace of the caller as a child', async () => {
    const trace = await traceOf({ traceparent, tracestate: 'a=1' });
    expect(trace?.traceParent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
    expect(trace?.traceParent).not.toBe(traceparent);
    expect(trace?.traceState).toBe('a=1');
  });

  it('begins a trace when the caller has none, or none that can be read', async () => {
    const trace = await traceOf({ traceparent: 'nonsense', tracestate: 'a=1' });
    expect(trace?.traceParent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(trace?.traceState).toBe('');
  });
});

describe('retry', () => {
  const failing = (retry: object, failures = Infinity) => {
    const contexts: InvocationContext[] = [];
    const register = () =>
      app.timer('tick', {
        schedule: '0 0 0 1 1 *',
        runOnStartup: true,
        retry: retry as never,
        handler: (_timer, context) => {
          contexts.push(context);
          if (contexts.length <= failures) throw new Error(`failure ${contexts.length}`);
        },
      });
    return { contexts, register };
  };

  it('a fixed delay runs as often as allowed, on the business clock, and tells the handler', async () => {
    const clock = createClock();
    const { contexts, register } = failing({
      strategy: 'fixedDelay',
      maxRetryCount: 2,
      delayInterval: { minutes: 10 },
    });
    await hostOf(register, { clock });
    await until(() => contexts.length === 1);
    await clock.moveTo(clock.now() + 11 * 60_000);
    expect(contexts).toHaveLength(2);
    await clock.moveTo(clock.now() + 60 * 60_000);
    expect(contexts).toHaveLength(3);
    expect(contexts.map(({ retryContext }) => retryContext?.retryCount)).toEqual([undefined, 1, 2]);
    expect(contexts[1]?.retryContext).toMatchObject({
      maxRetryCount: 2,
      exception: { message: 'failure 1' },
    });
    expect(new Set(contexts.map(({ invocationId }) => invocationId)).size).toBe(3);
  });

  it('exponential back-off doubles from the minimum up to the maximum, for ever when told so', async () => {
    const clock = createClock();
    const { contexts, register } = failing(
      {
        strategy: 'exponentialBackoff',
        maxRetryCount: -1,
        minimumInterval: { minutes: 1 },
        maximumInterval: { minutes: 4 },
      },
      6,
    );
    await hostOf(register, { clock });
    await until(() => contexts.length === 1);
    const counts: number[] = [];
    for (const minutes of [1, 2, 4, 4, 4]) {
      await clock.moveTo(clock.now() + minutes * 60_000 + 1_000);
      counts.push(contexts.length);
    }
    expect(counts).toEqual([2, 3, 4, 5, 6]);
  });
});

describe('several apps in one process', () => {
  it('may have functions of the same name, each with its own settings and hooks', async () => {
    const register = (greeting: string) => () => {
      app.hook.preInvocation(({ invocationContext }) => invocationContext.log(greeting));
      app.http('greet', { route: 'api/%WHERE%', handler: () => ({ body: greeting }) });
    };
    const { urls, lines, functions } = await hostOf(() => undefined, {
      apps: [
        appNamed('staff', register('hello'), { WHERE: 'inside' }),
        appNamed('portal', register('welcome'), { WHERE: 'outside' }),
      ],
    });
    expect(await text(`${urls['staff']}/api/inside`)).toBe('hello');
    expect(await text(`${urls['portal']}/api/outside`)).toBe('welcome');
    expect((await fetch(`${urls['portal']}/api/inside`)).status).toBe(404);
    expect(lines).toEqual(['staff/greet information: hello', 'portal/greet information: welcome']);
    expect(functions).toEqual([
      { app: 'staff', name: 'greet', trigger: 'httpTrigger' },
      { app: 'portal', name: 'greet', trigger: 'httpTrigger' },
    ]);
  });

  it('registrations that wait for something still belong to their app', async () => {
    const slowly = (name: string) => async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      app.get(name, () => ({ body: name }));
    };
    const [one, two] = await Promise.all([hostOf(slowly('one')), hostOf(slowly('two'))]);
    expect(await text(`${one.url}/one`)).toBe('one');
    expect(await text(`${two.url}/two`)).toBe('two');
    expect((await fetch(`${one.url}/two`)).status).toBe(404);
  });

  it('a disabled function is not started', async () => {
    const register = () => {
      app.get('one', () => ({}));
      app.get('two', () => ({}));
    };
    const settings = { 'AzureWebJobs.two.Disabled': 'true' };
    const host = await hostOf(register, { settings });
    expect((await fetch(`${host.url}/two`)).status).toBe(404);
    expect(host.functions.map(({ name }) => name)).toEqual(['one']);
    expect(host.summary).toBe('1 app, 1 function, 1 disabled');
  });
});

describe('the fault switch on HTTP functions', () => {
  const struck = async (kind: FaultKind) => {
    let calls = 0;
    const faults = createFaultSwitch({
      rules: [{ kind, operation: 'invoke work/one', times: 1, delayMs: 1 }],
    });
    const host = await hostOf(
      () =>
        app.get('one', () => {
          calls += 1;
          return { body: 'fine' };
        }),
      { faults, answerTimeoutMs: 60 },
    );
    const status = await fetch(`${host.url}/one`).then(
      (answer) => answer.status,
      () => 'no answer',
    );
    return { status, calls };
  };

  it.each<[FaultKind, number | string, number]>([
    ['latency', 200, 1],
    ['429', 429, 0],
    ['503', 503, 0],
    ['reset-before', 'no answer', 0],
    ['reset-after', 'no answer', 1],
    ['lost-answer', 504, 1],
    ['duplicate', 200, 2],
  ])('%s', async (kind, status, calls) => {
    expect(await struck(kind)).toEqual({ status, calls });
  });
});
