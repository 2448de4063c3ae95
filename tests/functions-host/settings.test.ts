/**
 * Settings: keys for this machine only, expressions, connection strings, host.json.
 */
import { describe, expect, it } from 'vitest';
import {
  connectionString,
  isDisabled,
  resolveSettings,
} from '../../local/functions-host/settings/expressions.ts';
import { readHostJson, timeSpanMs } from '../../local/functions-host/settings/host-json.ts';
import { foreignKeyHolder, isLoopback } from '../../local/functions-host/settings/loopback.ts';

describe('loopback', () => {
  it.each([
    'sb://127.0.0.1:5672',
    'http://localhost:8081/',
    'https://LOCALHOST',
    'sb://[::1]:5672/',
    '127.0.0.1',
  ])('%s is this machine', (address) => expect(isLoopback(address)).toBe(true));

  it.each([
    'https://acct.documents.azure.com:443/',
    'sb://ns.servicebus.windows.net/',
    'http://127.0.0.1.example.com/',
    'http://localhost.example.com/',
    'http://localhost@example.com/',
    'http://10.0.0.4:8081',
    '',
  ])('%s is not', (address) => expect(isLoopback(address)).toBe(false));
});

describe('a setting', () => {
  it.each([
    ['AccountEndpoint=http://127.0.0.1:8081/;AccountKey=a2V5;'],
    [
      'Endpoint=sb://localhost:5672;SharedAccessKeyName=work;SharedAccessKey=a2V5;UseDevelopmentEmulator=true',
    ],
    ['endpoint=http://localhost:8085/;accesskey=a2V5'],
    ['AccountName=devstoreaccount1;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;'],
    ['http://127.0.0.1:10000/devstoreaccount1/uploads?sv=2026&sig=abc'],
    ['https://login.example.com/common/v2.0'],
    ['plain words; nothing else'],
    ['0 */5 * * * *'],
    ['c2VjcmV0=='],
    [''],
  ])('%s holds no key for elsewhere', (value) => expect(foreignKeyHolder(value)).toBeUndefined());

  it.each([
    [
      'AccountEndpoint=https://acct.documents.azure.com:443/;AccountKey=a2V5;',
      'https://acct.documents.azure.com:443/',
    ],
    [
      'Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=r;SharedAccessKey=a2V5',
      'sb://ns.servicebus.windows.net/',
    ],
    [
      'endpoint=https://mail.communication.azure.com/;accesskey=a2V5',
      'https://mail.communication.azure.com/',
    ],
    [
      'DefaultEndpointsProtocol=https;AccountName=acct;AccountKey=a2V5;EndpointSuffix=core.windows.net',
      'acct',
    ],
    [
      'AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=https://a.queue.core.windows.net',
      'https://a.queue.core.windows.net',
    ],
    [
      'https://acct.blob.core.windows.net/uploads?sv=2026&sig=abc',
      'https://acct.blob.core.windows.net/uploads',
    ],
    ['SharedAccessKeyName=r;SharedAccessKey=a2V5', 'an address that is not given'],
  ])('%s holds one', (value, holder) => expect(foreignKeyHolder(value)).toBe(holder));
});

describe('expressions', () => {
  it('every %NAME% is replaced, and other percent signs are left', () => {
    expect(resolveSettings('%A%-%B%, 5%', { A: 'x', B: 'y' }, 'work/one')).toBe('x-y, 5%');
  });

  it('a missing one is named', () => {
    expect(() => resolveSettings('%A%', {}, 'work/one')).toThrow("work/one: setting 'A' is missing");
  });

  it('an inherited property is no setting', () => {
    expect(() => resolveSettings('%toString%', {}, 'work/one')).toThrow("setting 'toString' is missing");
    expect(() => connectionString('constructor', {}, 'work/one')).toThrow('is missing');
  });

  it.each([
    ['true', true],
    ['True', true],
    ['1', true],
    ['false', false],
    ['', false],
  ])('AzureWebJobs.one.Disabled=%s', (value, expected) => {
    expect(isDisabled('one', { 'AzureWebJobs.one.Disabled': value })).toBe(expected);
  });
});

describe('host.json', () => {
  it('has the defaults of the platform', () => {
    expect(readHostJson({ version: '2.0' })).toMatchObject({
      routePrefix: 'api',
      serviceBus: {
        maxConcurrentCalls: 16,
        maxConcurrentSessions: 8,
        maxMessageBatchSize: 1_000,
        maxAutoLockRenewalMs: 300_000,
        sessionIdleMs: 60_000,
      },
    });
  });

  it('the longest log category that fits decides', () => {
    const logLevel = {
      default: 'Warning',
      Function: 'Error',
      'Function.relay': 'Debug',
      'Host.General': 'None',
    };
    const { leastLevel } = readHostJson({ version: '2.0', logging: { logLevel } });
    expect(['relay', 'relays', undefined].map(leastLevel)).toEqual(['debug', 'error', 'none']);
  });

  it.each([
    ['00:00:05', 5_000],
    ['00:10:00', 600_000],
    ['1.00:00:00.5', 86_400_500],
  ])('%s is %i ms', (text, expected) => expect(timeSpanMs(text)).toBe(expected));

  it('says which field does not fit', () => {
    const json = { version: '2.0', extensions: { serviceBus: { sessionIdleTimeout: '5 s' } } };
    expect(() => readHostJson(json)).toThrow('host.json: extensions.serviceBus.sessionIdleTimeout');
    expect(() => readHostJson({})).toThrow('host.json: version');
    expect(() =>
      readHostJson({ version: '2.0', extensions: { serviceBus: { autoCompleteMessages: false } } }),
    ).toThrow('a Node function cannot settle messages');
  });
});
