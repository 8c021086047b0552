import type { ProblemDocument } from '@portolan/domain';
import { CellPlanner, planningHere } from './cell-planner.js';
import { type About, type Inquiry, LivePlans, type Question, type Restoration } from './live-plans.js';
import { PlanningThread } from './planning-thread.js';

const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`;

const problem = (quantity: number, capacity = 10): ProblemDocument => ({
  format: 'portolan.problem/1',
  name: 'test',
  locations: [{ id: 'A' }, { id: 'B' }],
  services: [
    { id: 'BARGE', legs: [{ id: '1', from: 'A', to: 'B', departs: at(10), arrives: at(20), capacity, cost: 40 }] },
    { id: 'TRUCK', onDemand: { from: 'A', to: 'B', duration: 'PT3H', cost: 100 } },
  ],
  demands: [{ id: 'D', from: 'A', to: 'B', quantity, available: at(0), unservedPenalty: 500 }],
});

/** Live plans that note what they were asked, and fail when told to. */
class Watched {
  readonly asked: string[] = [];
  failing = false;
  private plans = new LivePlans();

  answer = async (question: Question) => {
    this.asked.push('problem' in question ? 'problem' : `${question.changes.length} changes`);
    if (this.failing) {
      this.failing = false;
      this.plans = new LivePlans();
      throw new Error('died');
    }
    return this.plans.answer(question);
  };

  explain = async (inquiry: Inquiry) => {
    this.asked.push(`why ${inquiry.explain.join()}`);
    if (this.failing) {
      this.failing = false;
      this.plans = new LivePlans();
      throw new Error('died');
    }
    return this.plans.explain(inquiry);
  };

  snapshot = (about: About) => this.plans.snapshot(about);
  save = (about: About) => this.plans.save(about);
  restore = (restoration: Restoration) => {
    this.asked.push('restore');
    return this.plans.restore(restoration);
  };
  forget = (about: About) => this.plans.forget(about);
  close = async () => {};
}

describe('the planner of cells', () => {
  it('sends the problem once and then what has changed, with the optimum each time', async () => {
    const watched = new Watched();
    const planner = new CellPlanner(watched);
    const totals = [];
    for (const each of [problem(12), problem(15), problem(15), problem(15, 4)])
      totals.push((await planner.plan('c', each)).plan.objective.total);
    expect(totals).toEqual([600, 900, 900, 4 * 40 + 11 * 100]);
    expect(watched.asked).toEqual(['problem', '1 changes', '0 changes', '1 changes']);
  });

  it('sends the whole problem again when the answer fails, and says why', async () => {
    const watched = new Watched();
    const planner = new CellPlanner(watched);
    await planner.plan('c', problem(12));
    await planner.plan('other', problem(1));
    watched.failing = true;
    const { plan, rebuilt } = await planner.plan('c', problem(15));
    expect([plan.objective.total, rebuilt]).toEqual([900, 'died']);
    expect((await planner.plan('other', problem(2))).plan.objective.total).toBe(80);
    expect(watched.asked).toEqual(['problem', 'problem', '1 changes', 'problem', 'problem']);
  });

  it('explains the last plan, and plans again where that has been lost', async () => {
    const watched = new Watched();
    const planner = new CellPlanner(watched);
    await planner.plan('c', problem(12));
    const [before] = await planner.explain('c', ['D']);
    expect(before!.flows.map(({ quantity }) => quantity)).toEqual([10, 2]);
    watched.failing = true;
    expect(await planner.explain('c', ['D'])).toEqual([before]);
    expect((await planner.plan('c', problem(13))).plan.objective.total).toBe(700);
    expect(watched.asked).toEqual(['problem', 'why D', 'why D', 'problem', 'why D', '1 changes']);
    await expect(planner.explain('none', ['D'])).rejects.toThrow('cell none, which has no plan yet');
  });

  it('goes on from the snapshot of another one, and is asked only what has changed', async () => {
    const [here, there] = [planningHere(), new Watched()];
    await here.plan('c', problem(12));
    const snapshot = (await here.snapshot('c'))!;
    const planner = new CellPlanner(there);
    await planner.restore('c', problem(12), snapshot);
    const { plan, rebuilt } = await planner.plan('c', problem(15, 4));
    expect([plan.objective.total, plan.statistics.warm, rebuilt]).toEqual([4 * 40 + 11 * 100, true, undefined]);
    expect(there.asked).toEqual(['restore', '2 changes']);
    expect((await planner.explain('c', ['D']))[0]!.flows.map(({ quantity }) => quantity)).toEqual([4, 11]);
  });

  it('goes on from what it has saved, as the one that is given it does', async () => {
    const [here, there] = [new Watched(), planningHere()];
    const planner = new CellPlanner(here);
    await planner.plan('c', problem(12));
    const snapshot = (await planner.save('c'))!;
    expect(await planner.save('c')).toEqual(snapshot);
    await there.restore('c', problem(12), snapshot);
    const [one, two] = [await planner.plan('c', problem(15, 4)), await there.plan('c', problem(15, 4))];
    expect(here.asked).toEqual(['problem', '2 changes']);
    const untimed = ({ plan }: typeof one) => ({ ...plan, statistics: { ...plan.statistics, milliseconds: 0 } });
    expect(untimed(one)).toEqual(untimed(two));
  });

  it('plans from nothing where it cannot read a snapshot', async () => {
    const watched = new Watched();
    const planner = new CellPlanner(watched);
    await planner.restore('c', problem(12), Buffer.from('of another version'));
    const { plan } = await planner.plan('c', problem(15));
    expect([plan.objective.total, plan.statistics.warm]).toEqual([900, false]);
    expect(watched.asked).toEqual(['restore', 'problem']);
  });

  it('has no snapshot of a cell it has not planned, has forgotten, or whose plan is not proven', async () => {
    const planner = planningHere();
    expect(await planner.snapshot('c')).toBeUndefined();
    await planner.plan('c', problem(12), AbortSignal.abort());
    expect(await planner.snapshot('c')).toBeUndefined();
    await planner.plan('c', problem(12));
    expect(await planner.snapshot('c')).toBeDefined();
    planner.forget('c');
    expect(await planner.snapshot('c')).toBeUndefined();
  });

  it('gives the best plan so far when told to stop, and goes on from there', async () => {
    const planner = planningHere();
    const early = await planner.plan('c', problem(12), AbortSignal.abort());
    expect([early.stopped, early.plan.status]).toEqual([true, 'feasible']);
    const proven = await planner.plan('c', problem(12));
    expect([proven.stopped, proven.plan.objective.total, proven.rebuilt]).toEqual([undefined, 600, undefined]);
  });

  it('tells how long it has searched, and how long solved the linear program', async () => {
    const { times } = await planningHere().plan('c', problem(12));
    expect(Math.min(times!.pricing, times!.master)).toBeGreaterThan(0);
  });

  it('answers in the order asked, one at a time', async () => {
    const planner = planningHere();
    const plans = await Promise.all([
      planner.plan('c', problem(1)),
      planner.plan('c', problem(2)),
      planner.plan('c', problem(3)),
    ]);
    expect(plans.map(({ plan }) => plan.objective.total)).toEqual([40, 80, 120]);
  });
});

const thread = (source: string, patience = 60_000) =>
  new PlanningThread({
    patience,
    script: new URL(
      `data:text/javascript,import { parentPort, workerData } from 'node:worker_threads'; parentPort.on('message', ({ id, question }) => { ${source} });`,
    ),
  });

const question = (cell: string): Question => ({ cell, problem: problem(1) });

describe('the planning thread', () => {
  it('fails its question when it dies, and is there again for the next', async () => {
    const planning = thread(
      `if (question.cell === 'deadly') process.exit(1); parentPort.postMessage({ id, answer: { plan: 'the plan' } })`,
    );
    await expect(planning.answer(question('deadly'))).rejects.toThrow('the planning thread ended');
    expect(await planning.answer(question('fine'))).toEqual({ plan: 'the plan' });
    await planning.close();
  });

  it('is ended when it hangs', async () => {
    const planning = thread(
      `if (question.cell === 'endless') for (;;); parentPort.postMessage({ id, answer: { plan: 'the plan' } })`,
      300,
    );
    await expect(planning.answer(question('endless'))).rejects.toThrow('hung: no answer in 0.3 s');
    expect(await planning.answer(question('fine'))).toEqual({ plan: 'the plan' });
    await planning.close();
  });

  it('starts no other thread for a question that closing has failed', async () => {
    const planning = thread(`for (;;);`);
    const planner = new CellPlanner(planning);
    const planned = planner.plan('c', problem(1));
    const refused = expect(planned).rejects.toThrow('the planning thread is closed');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await planner.close();
    await refused;
  });

  it('ends a question early when told to, while it works on it and before', async () => {
    const planning = thread(
      `while (Atomics.load(workerData.cancelled, 0) !== id); parentPort.postMessage({ id, answer: { plan: 'the best so far' } })`,
    );
    for (const signal of [AbortSignal.timeout(50), AbortSignal.abort()])
      expect(await planning.answer(question('long'), signal)).toEqual({ plan: 'the best so far' });
    await planning.close();
  });

  it('passes on what went wrong', async () => {
    const planning = thread(`parentPort.postMessage({ id, failure: 'too hot' })`);
    await expect(planning.answer(question('any'))).rejects.toThrow('too hot');
    await planning.close();
  });
});
