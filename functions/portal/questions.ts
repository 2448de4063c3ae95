/**
 * Questions of customers with our answers: staff answer, the customer reads it in the portal.
 * From: `tell-us.ts` keeps what was asked. Next: the paper `message:questions`, the end of the clerk's task, a mail to
 * who asked.
 */
import {
  questionsPaper,
  type OwnQuestionsAnswer,
  type Question,
} from '../../shared/contracts/portal-questions.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { addBusinessDays } from '../../shared/domain/business-days.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { planNotice } from '../../shared/domain/plan-notice.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import { changeBeside, noted, taskDone, taskFacts, type BesideCall } from './change-beside.ts';
import type { PortalStores } from './portal-parts.ts';
import { ownAccount, type Own, type OwnCall } from './read-own.ts';

export const questionsId: Paper['id'] = 'message:questions';
/** Older ones stay as notes. */
const mostQuestions = 20;
const parse = (content: unknown): Question[] => questionsPaper.parse(content).questions;

const kept = async (
  { accounts }: Pick<PortalStores, 'accounts'>,
  scope: Scope,
  key: AccountKey,
): Promise<Question[]> => parse((await accounts.paper(scope, key, questionsId)) ?? {});

/** The paper after one more question; of the version it is read at, so that it is written with it or not at all. */
export const questionsWith = async (
  parts: Pick<PortalStores, 'accounts'>,
  scope: Scope,
  key: AccountKey,
  asked: Question,
): Promise<Paper> => {
  const questions = [asked, ...(await kept(parts, scope, key))].slice(0, mostQuestions);
  return { id: questionsId, content: { questions } };
};

/** Newest first. */
export const listQuestions = async (
  parts: PortalStores,
  call: OwnCall,
  key: AccountKey,
): Promise<Outcome<{ questions: Question[] }, 'not-found'>> => {
  const own = await ownAccount(parts, call, key);
  return own.ok ? done({ questions: await kept(parts, call.scope, key) }) : own;
};

export const listOwnQuestions = async (
  parts: PortalStores,
  call: OwnCall,
  key: AccountKey,
): Promise<Outcome<OwnQuestionsAnswer, 'not-found'>> => {
  const all = await listQuestions(parts, call, key);
  if (!all.ok) return all;
  const shown = all.value.questions.map(({ question, text, at, answer }) => ({
    ...{ question, text, at },
    answer: answer === undefined ? null : { text: answer.text, at: answer.at },
  }));
  return done({ questions: shown });
};

/** The task is done with it, and who asked is written to. A second answer is refused: the customer may have read the first. */
export const answerQuestion = (
  parts: PortalStores,
  call: BesideCall,
  key: AccountKey,
  { question: id, text }: { question: string; text: string },
): Promise<Outcome<{ question: string; at: string }, ProblemCode>> =>
  changeBeside(parts, call, key, { id: questionsId, parse }, async (questions, own) => {
    const found = questions.find(({ question }) => question === id);
    if (found === undefined) return refuse('not-found', 'There is no such question.');
    const { answer } = found;
    if (answer !== undefined)
      return answer.text === text && answer.by === call.actor.id
        ? done({ facts: [], value: { question: id, at: answer.at } })
        : refuse('question-answered', `It was answered at ${answer.at}.`);
    const at = textOfInstant(call.now);
    const after = questions.map((one) =>
      one === found ? { ...one, answer: { text, by: call.actor.id, at } } : one,
    );
    const note = noted(call, `note:answer-${id}`, text, own.today);
    return done({
      facts: [
        note.fact,
        ...taskDone(own, `task:answer-question:${id}`),
        ...(await toldFacts(parts, own, found)),
      ],
      papers: [note.paper, { id: questionsId, content: { questions: after } }],
      value: { question: id, at },
    });
  });

/**
 * A mail to the contact who asked; to who gets the account's mail where a link without a name did. Somebody tells them
 * by other means while too much else is on its way.
 */
const toldFacts = async (
  { calendarOf }: Pick<PortalStores, 'calendarOf'>,
  own: Own,
  { question: id, by }: Question,
): Promise<readonly Fact[]> => {
  const { loaded, today, company } = own;
  const to = by.startsWith('contact:') ? { to: by } : {};
  const notice = { text: 'T16' as const, causeId: `question-${id}`, codes: { reason: 'question' }, ...to };
  const planned = planNotice(loaded.account.head, notice, today);
  if (planned.ok) return planned.value;
  const dueOn = addBusinessDays(today, 1, await calendarOf(company.country, today));
  return taskFacts(own, { id: `task:tell-answer:${id}`, act: 'tell-answer', dueOn });
};
