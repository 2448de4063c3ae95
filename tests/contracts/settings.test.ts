/**
 * Settings: a bad one stops the start with one line that names it, and a key opens nothing but this machine.
 */
import { describe, expect, it } from 'vitest';
import { BadSetting, parseSettings, type RawSettings } from '../../shared/contracts/settings.ts';

const secrets = {
  LINK_KEYS: Buffer.alloc(32, 1).toString('base64'),
  MAIL_WEBHOOK_KEYS: `${Buffer.alloc(32, 2).toString('base64')},${Buffer.alloc(32, 3).toString('base64')}`,
  PEOPLE_SALT: 'grains of salt, many',
  PORTAL_ORIGIN: 'https://pay.example.com',
};

const local: RawSettings = {
  ...secrets,
  EMAIL: 'endpoint=http://127.0.0.1:8085/;accesskey=a2V5',
  DUNWELL_APP: 'staff',
  COSMOS: 'AccountEndpoint=http://127.0.0.1:8081/;AccountKey=a2V5;',
  BLOB: 'AccountName=dunwell;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:10000/dunwell',
  SERVICEBUS:
    'Endpoint=sb://localhost:5672;SharedAccessKeyName=staff;SharedAccessKey=a2V5;UseDevelopmentEmulator=true;',
  IDENTITY_ISSUER: 'http://127.0.0.1:8086/tenant/v2.0',
  IDENTITY_AUDIENCE: 'api://dunwell',
  IDENTITY_KEYS_URL: 'http://127.0.0.1:8086/keys',
};

const cloud: RawSettings = {
  ...secrets,
  EMAIL__endpoint: 'https://acs-dunwell.europe.communication.azure.com/',
  DUNWELL_APP: 'work',
  COSMOS__accountEndpoint: 'https://cosmos-dunwell.documents.azure.com:443/',
  BLOB__serviceUri: 'https://stdunwell.blob.core.windows.net',
  SERVICEBUS__fullyQualifiedNamespace: 'sb-dunwell.servicebus.windows.net',
  AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000001',
  IDENTITY_ISSUER: 'https://login.microsoftonline.com/tenant/v2.0',
  IDENTITY_AUDIENCE: 'api://dunwell',
  IDENTITY_KEYS_URL: 'https://login.microsoftonline.com/tenant/discovery/v2.0/keys',
};

const refusalOf = (changes: Record<string, string | undefined>, base = local): string => {
  try {
    parseSettings({ ...base, ...changes });
  } catch (error) {
    expect(error).toBeInstanceOf(BadSetting);
    return (error as Error).message;
  }
  return 'started';
};

describe('settings', () => {
  it('reach this machine by keys', () => {
    expect(parseSettings(local)).toMatchObject({
      app: 'staff',
      cosmos: { by: 'key' },
      serviceBus: { by: 'key' },
      clientId: undefined,
    });
  });

  it('name the domains mail may come from, none where nobody said, and a word that is no domain stops the start', () => {
    expect(parseSettings({ ...local, MAIL_FROM_DOMAIN: 'Mail.example.com, b.example' }).mailDomains).toEqual([
      ...['mail.example.com', 'b.example'],
    ]);
    expect(parseSettings({ ...local, MAIL_FROM_DOMAIN: '' }).mailDomains).toEqual([]);
    expect(refusalOf({ MAIL_FROM_DOMAIN: 'billing@example.com' })).toContain('is no domain');
  });

  it('reach the cloud by identity', () => {
    expect(parseSettings(cloud)).toMatchObject({
      app: 'work',
      cosmos: { by: 'identity', endpoint: 'https://cosmos-dunwell.documents.azure.com:443/' },
      serviceBus: { by: 'identity', endpoint: 'sb-dunwell.servicebus.windows.net' },
    });
  });

  it.each([
    ['COSMOS', 'AccountEndpoint=https://cosmos-dunwell.documents.azure.com/;AccountKey=a2V5;'],
    ['BLOB', 'AccountName=stdunwell;AccountKey=a2V5;BlobEndpoint=https://stdunwell.blob.core.windows.net'],
    ['COSMOS', 'AccountEndpoint=http://127.0.0.1.example.com/;AccountKey=a2V5;'],
    ['COSMOS', 'AccountEndpoint=http://127.0.0.1@example.com/;AccountKey=a2V5;'],
    [
      'SERVICEBUS',
      'Endpoint=sb://sb-dunwell.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=y',
    ],
  ])('refuse a key in %s for another host: %s', (name, value) => {
    expect(refusalOf({ [name]: value })).toMatch(new RegExp(`^setting ${name}: .*loopback`));
  });

  it.each([
    'AccountEndpoint=http://localhost:1/;AccountKey=x',
    'AccountEndpoint=http://[::1]:1/;AccountKey=x',
  ])('take a key for this machine: %s', (COSMOS) => {
    expect(refusalOf({ COSMOS })).toBe('started');
  });

  it('refuse a key beside an identity', () => {
    expect(refusalOf({ COSMOS__accountEndpoint: 'https://cosmos-dunwell.documents.azure.com/' })).toMatch(
      /^setting COSMOS: .*keep one/,
    );
  });

  it.each([
    [{ DUNWELL_APP: undefined }, /^setting DUNWELL_APP: is missing/],
    [{ DUNWELL_APP: 'constructor' }, /^setting DUNWELL_APP: "constructor" is none of staff/],
    [{ DUNWELL_APP: 'payroll' }, /^setting DUNWELL_APP: "payroll" is none of staff/],
    [{ COSMOS: undefined }, /^setting COSMOS__accountEndpoint: is missing/],
    [{ COSMOS: 'AccountKey=x' }, /^setting COSMOS: has no readable AccountEndpoint/],
    [{ SERVICEBUS: 'nonsense' }, /^setting SERVICEBUS: has no readable Endpoint/],
    [
      { IDENTITY_ISSUER: 'not an address' },
      /^setting IDENTITY_ISSUER: "not an address" is not a web address/,
    ],
    [{ IDENTITY_ISSUER: 'http://login.example.com/v2.0' }, /^setting IDENTITY_ISSUER: must begin with https/],
    [{ IDENTITY_AUDIENCE: '' }, /^setting IDENTITY_AUDIENCE: is missing/],
    [{ IDENTITY_KEYS_URL: 'ftp://127.0.0.1/keys' }, /^setting IDENTITY_KEYS_URL/],
  ])('stop the start by name: %j', (changes, line) => {
    expect(refusalOf(changes)).toMatch(line);
  });
});
