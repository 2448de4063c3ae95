/**
 * What people change about how an account stands to dunning: holds, tasks, stages, how it is treated.
 * From: staff. Next: entries of the account; events have it looked at again.
 */
import type {
  EndTaskBody,
  HoldBody,
  StageBody,
  TreatmentBody,
} from '../../shared/contracts/dunning-account.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey, Hold } from '../../shared/domain/account.ts';
import { dayFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { stageUnder } from '../../shared/domain/item-step.ts';
import { decidedBy, mandateFacts } from '../../shared/domain/mandate.ts';
import { masterDataIdOf, type MasterData } from '../../shared/domain/master-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { stepOf, toneLeftBy } from '../../shared/domain/policy.ts';
import { mostNamingHolds } from '../../shared/domain/says-paid.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import { changeByStaff, idOfRequest, type StaffCall, type Versioned } from './change-by-staff.ts';
import { handOverRefusal, toldOf } from './hand-account-over.ts';
import type { DunningParts } from './parts.ts';

type Changed = Promise<Outcome<Versioned, ProblemCode>>;

const mostHolds = 20;
const none = { facts: [], papers: [] };

/** Why is a note beside the account, since words may name people. */
export const noted = (name: string, text: string, { caller, now }: StaffCall, on: Hold['placedOn']) => {
  const id = `note:${name}` as const;
  const fact: Fact = { kind: 'noteWritten', noteId: id, on };
  const paper: Paper = { id, content: { id, text, by: caller.id ?? '', at: textOfInstant(now) } };
  return { fact, paper };
};

/** Sales may ask for its own kind of hold alone. */
export const placeHold = async (
  parts: DunningParts,
  key: AccountKey,
  { code, untilOn, itemIds, handedTo, reason }: HoldBody,
  call: StaffCall,
): Promise<Outcome<Versioned & { holdId: string }, ProblemCode>> => {
  const isSales = call.caller.principals.every((one) => one === 'SAL');
  if (isSales && code !== 'sales-hold') return refuse('action-not-allowed', 'Sales place sales holds alone.');
  const refused = handedTo === undefined ? undefined : handOverRefusal({ code, itemIds }, call);
  if (refused !== undefined) return refused;
  const holdId = `hold:${idOfRequest(call.requestId, parts)}`;
  const placed = await changeByStaff(parts, call, key, [], ({ head }, { on }) => {
    if (head.holds.some(({ id }) => id === holdId)) return done({ facts: [] });
    const naming = head.holds.filter((one) => one.itemIds !== undefined).length;
    if (head.holds.length >= mostHolds || (itemIds !== undefined && naming >= mostNamingHolds))
      return refuse('too-many-holds', `${head.holds.length} holds stand.`);
    const hold: Hold = {
      ...{ id: holdId, code, placedOn: on },
      ...(untilOn === undefined ? {} : { untilOn: dayFromText(untilOn) }),
      ...(itemIds === undefined ? {} : { itemIds: itemIds.toSorted() }),
    };
    const note = noted(`${holdId}:placed`, reason, call, on);
    const told = handedTo === undefined ? none : toldOf(head, { handedTo, hold }, on);
    const facts: Fact[] = [{ kind: 'holdPlaced', hold, on }, note.fact, ...told.facts];
    return done({ facts, papers: [note.paper, ...told.papers] });
  });
  return placed.ok ? done({ ...placed.value, holdId }) : placed;
};

export const liftHold = (
  parts: DunningParts,
  key: AccountKey,
  holdId: string,
  reason: string,
  call: StaffCall,
): Changed =>
  changeByStaff(parts, call, key, [], ({ head }, { on }) => {
    if (!head.holds.some(({ id }) => id === holdId))
      return refuse('hold-not-there', `There is no hold ${holdId}.`);
    const note = noted(`${holdId}:lifted`, reason, call, on);
    return done({ facts: [{ kind: 'holdLifted', holdId, on }, note.fact], papers: [note.paper] });
  });

export const endTask = (
  parts: DunningParts,
  key: AccountKey,
  taskId: string,
  { as, outcome }: EndTaskBody,
  call: StaffCall,
): Changed =>
  changeByStaff(parts, call, key, [], ({ head: { dunning } }, { on }) => {
    const task = dunning.tasks?.find(({ id }) => id === taskId);
    if (task === undefined) return refuse('task-not-there', `There is no open task ${taskId}.`);
    return done({ facts: [{ kind: 'taskEnded', taskId, as, outcome, on }, ...decidedBy(task, dunning, on)] });
  });

/** Forward only: what was carried to a stage stays carried (D6). The next step keeps its distance from today. */
export const pullStage = (
  parts: DunningParts,
  key: AccountKey,
  { itemIds, stage, reason }: StageBody,
  call: StaffCall,
): Changed =>
  changeByStaff(parts, call, key, itemIds, ({ head, items }, { on, frame }) => {
    const by = `override:${idOfRequest(call.requestId, parts)}`;
    const policy = frame.set.policies.find(({ id }) => id === head.dunning.policy?.id);
    const step = policy && stepOf(policy, stage);
    if (policy === undefined || step === undefined)
      return refuse('stage-not-possible', `Its policy has no stage ${stage}.`);
    for (const id of itemIds) {
      const item = items.get(id);
      if (item === undefined || item.open === 0)
        return refuse('item-not-found', `There is no open item ${id}.`);
      if (item.carriedBy === by) return done({ facts: [] });
      if (stageUnder(item, policy) >= stage)
        return refuse('stage-not-possible', `${id} stands at ${item.stage}.`);
    }
    const note = noted(by, reason, call, on);
    const tone = toneLeftBy(step);
    const carried = itemIds.map((itemId) => ({ itemId, stage }));
    const fact: Fact = { kind: 'itemsCarried', by, policyId: policy.id, ...tone, items: carried, on };
    return done({ facts: [fact, note.fact], papers: [note.paper] });
  });

/** Which policy by hand, or what the rules choose one by; from the next look on. */
export const saveTreatment = (
  parts: DunningParts,
  key: AccountKey,
  body: TreatmentBody,
  call: StaffCall,
): Changed =>
  changeByStaff(parts, call, key, [], async ({ head }, { on, frame }) => {
    const { policyId, payRunsOn, ...rest } = body;
    if (policyId !== undefined && !frame.set.policies.some(({ id }) => id === policyId))
      return refuse('policy-not-there', `There is no policy ${policyId}.`);
    const id = head.masterData;
    const known = ((id && (await parts.accounts.paper(call.scope, key, id))) ?? {}) as MasterData;
    const treatment = {
      ...rest,
      ...(policyId === undefined ? {} : { policyId }),
      ...(payRunsOn === undefined ? {} : { payRunsOn: payRunsOn.map(dayFromText) }),
    };
    if (isSameJson(known.treatment, treatment)) return done({ facts: [] });
    const masterData = masterDataIdOf(head.version + 1);
    const mandate = mandateFacts(known.treatment?.mandate, treatment.mandate, head.dunning, on);
    const facts: Fact[] = [{ kind: 'masterDataNoted', masterData, on }, ...mandate];
    return done({ facts, papers: [{ id: masterData, content: { ...known, treatment } }] });
  });
