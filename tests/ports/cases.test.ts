/**
 * Cases, alerts and single-use links in memory pass the suites their adapters pass.
 */
import { describe } from 'vitest';
import { memoryAlerts } from '../support/memory/alert-store.ts';
import { memoryCases } from '../support/memory/case-index.ts';
import { memoryStaffMails } from '../support/memory/staff-mail-store.ts';
import { memoryTokens } from '../support/memory/token-store.ts';
import { alertStoreSuite, caseIndexSuite } from './case-index.suite.ts';
import { staffMailSuite } from './staff-mail-store.suite.ts';
import { tokenStoreSuite } from './token-store.suite.ts';

describe('cases in memory', () => {
  const index = memoryCases();
  caseIndexSuite(() => index);
});

describe('alerts in memory', () => {
  const store = memoryAlerts();
  alertStoreSuite(() => store);
});

describe('mails to people of the house in memory', () => {
  const store = memoryStaffMails();
  staffMailSuite(() => store);
});

describe('single-use links in memory', () => {
  const store = memoryTokens();
  tokenStoreSuite(() => store);
});
