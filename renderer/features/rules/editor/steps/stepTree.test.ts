import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchesOf } from '#shared/resources/automation/step.ts';
import type { Step, StepType } from '#shared/resources/automation/step.ts';
import { layoutSteps } from './layoutSteps.ts';
import { newStep, stepTypeGroups } from './newStep.ts';
import { copyStep, countMentions, renameMentions, stepIdFrom } from './stepIds.ts';
import {
  allSteps,
  changeStep,
  editableBranches,
  findStep,
  insertSteps,
  isInside,
  listAt,
  moveStep,
  neighbourSlot,
  removeStep,
  slotsOf,
  withBranch,
} from './stepTree.ts';

const types = stepTypeGroups.flatMap((group): readonly StepType[] => group.types);

/** A tree grown by inserting steps of random types at random places. */
const trees = fc
  .array(fc.record({ type: fc.constantFrom(...types), at: fc.nat(), error: fc.boolean() }), { maxLength: 24 })
  .map((grown) =>
    grown.reduce<Step[]>((steps, { type, at, error }) => {
      const places = slotsOf(steps);
      const slot = places[at % places.length]!;
      const made = newStep(type, type, new Set(allSteps(steps).map((step) => step.id)));
      return insertSteps(steps, slot, [error ? { ...made, onError: 'branch', errorSteps: [] } : made]);
    }, []),
  );
const idsOf = (steps: readonly Step[]) => allSteps(steps).map((step) => step.id);
const pick = <Item>(items: readonly Item[], at: number): Item => items[at % items.length]!;

describe('the tree of steps', () => {
  it('loses nothing and doubles nothing, wherever a step is moved', () => {
    fc.assert(
      fc.property(trees, fc.nat(), fc.nat(), (steps, which, where) => {
        fc.pre(steps.length > 0);
        const id = pick(idsOf(steps), which);
        const slot = pick(slotsOf(steps), where);
        const moved = moveStep(steps, id, slot);
        expect(idsOf(moved).sort()).toEqual(idsOf(steps).sort());
        const step = findStep(steps, id)!.step;
        expect(findStep(moved, id)!.step).toEqual(step);
        const landed = findStep(moved, id)!.slot;
        const aim = isInside(step, slot) ? findStep(steps, id)!.slot : slot;
        expect([landed.owner, landed.branch]).toEqual([aim.owner, aim.branch]);
      }),
    );
  });

  it('is as before when an inserted step is removed again', () => {
    fc.assert(
      fc.property(trees, fc.nat(), (steps, where) => {
        const added = newStep('wait', 'Pause', new Set(idsOf(steps)));
        const slot = pick(slotsOf(steps), where);
        const grown = insertSteps(steps, slot, [added]);
        expect(findStep(grown, added.id)!.slot).toEqual(slot);
        const cut = removeStep(grown, added.id);
        expect(idsOf(cut)).toEqual(idsOf(steps));
      }),
    );
  });

  it('removes a step with what is in it, and only that', () => {
    fc.assert(
      fc.property(trees, fc.nat(), (steps, which) => {
        fc.pre(steps.length > 0);
        const { step } = findStep(steps, pick(idsOf(steps), which))!;
        const gone = new Set(idsOf([step]));
        expect(idsOf(removeStep(steps, step.id))).toEqual(idsOf(steps).filter((id) => !gone.has(id)));
      }),
    );
  });

  it('leads a step from the first place to the last and back, one place at a time', () => {
    fc.assert(
      fc.property(trees, (grown) => {
        const mark = newStep('wait', 'Mark', new Set(idsOf(grown)));
        let steps = [mark, ...grown];
        let taken = 0;
        for (let slot = neighbourSlot(steps, mark.id, 'down'); slot; slot = neighbourSlot(steps, mark.id, 'down')) {
          steps = moveStep(steps, mark.id, slot);
          taken++;
        }
        expect(idsOf(steps)).toEqual([...idsOf(grown), mark.id]);
        expect(taken).toBe(slotsOf(grown).length - 1);
        for (let slot = neighbourSlot(steps, mark.id, 'up'); slot; slot = neighbourSlot(steps, mark.id, 'up')) {
          steps = moveStep(steps, mark.id, slot);
        }
        expect(idsOf(steps)).toEqual([mark.id, ...idsOf(grown)]);
      }),
    );
  });

  it('changes the one step that is named and keeps the others the same objects', () => {
    const first = newStep('email', 'First', new Set());
    const branch = withBranch(newStep('condition', 'Ask', new Set()), 'then', [newStep('wait', 'Rest', new Set())]);
    const changed = changeStep([first, branch], 'rest', (step) => ({ ...step, delayMinutes: 5 }));
    expect(changed[0]).toBe(first);
    expect(findStep(changed, 'rest')!.step.delayMinutes).toBe(5);
    expect(listAt(changed, { owner: 'ask', branch: 'otherwise' })).toEqual([]);
  });

  it('offers a branch for errors as soon as the step asks for it', () => {
    const step: Step = { ...newStep('email', 'Mail', new Set()), onError: 'branch' };
    expect(editableBranches(step).map((branch) => branch.name)).toEqual(['errorSteps']);
    expect(branchesOf(step)).toEqual([]);
    const filled = insertSteps([step], { owner: 'mail', branch: 'errorSteps', index: 0 }, [
      newStep('wait', 'W', new Set()),
    ]);
    expect(idsOf(filled)).toEqual(['mail', 'w']);
  });
});

describe('ids of steps', () => {
  it('come from the name, start with a letter and are unique', () => {
    expect(stepIdFrom('Écrire au client', new Set(), 'email')).toBe('ecrire_au_client');
    expect(stepIdFrom('2nd reminder', new Set(['nd_reminder']), 'email')).toBe('nd_reminder_2');
    expect(stepIdFrom('رسالة', new Set(), 'email')).toBe('email');
  });

  it('are renamed where texts name the step, and nowhere else', () => {
    const before = {
      body: "{{ steps.mail.output.id }} {{ steps['mail'].output }} {{ steps.mailing.output }} mail",
      list: ['steps.mail.output', 'mysteps.mail'],
    };
    expect(countMentions(before, 'mail')).toBe(3);
    expect(renameMentions(before, 'mail', 'letter')).toEqual({
      body: "{{ steps.letter.output.id }} {{ steps['letter'].output }} {{ steps.mailing.output }} mail",
      list: ['steps.letter.output', 'mysteps.mail'],
    });
  });

  it('of a copy are new, and what the copy names inside itself is the copy', () => {
    const inner: Step = {
      ...newStep('email', 'b', new Set()),
      subject: '{{ steps.a.output }} {{ steps.other.output }}',
    } as Step;
    const whole = withBranch(newStep('condition', 'a', new Set()), 'then', [inner]);
    const copy = copyStep(whole, new Set(['a', 'b']));
    expect(idsOf([copy])).toEqual(['a_2', 'b_2']);
    expect(JSON.stringify(copy)).toContain('steps.a_2.output }} {{ steps.other.output');
  });
});

describe('the layout of the flow', () => {
  it('draws every step once, without two boxes on top of each other, and offers every place', () => {
    fc.assert(
      fc.property(trees, fc.boolean(), (steps, mirrored) => {
        const { boxes, lines } = layoutSteps(steps, mirrored);
        expect(boxes.flatMap((box) => (box.stepId === '' ? [] : [box.stepId])).sort()).toEqual(idsOf(steps).sort());
        for (const [index, one] of boxes.entries()) {
          for (const other of boxes.slice(index + 1)) {
            const apart =
              one.x + one.width <= other.x ||
              other.x + other.width <= one.x ||
              one.y + one.height <= other.y ||
              other.y + other.height <= one.y;
            expect(apart, `${one.id} on ${other.id}`).toBe(true);
          }
        }
        const places = lines.flatMap(({ slot }) => (slot ? [`${slot.owner}/${slot.branch}/${slot.index}`] : []));
        const wanted = slotsOf(steps).map((slot) => `${slot.owner}/${slot.branch}/${slot.index}`);
        expect(places.sort()).toEqual(wanted.sort());
        const known = new Set(boxes.map((box) => box.id));
        expect(lines.every((line) => known.has(line.from) && known.has(line.to))).toBe(true);
        expect(new Set(lines.map((line) => line.id)).size).toBe(lines.length);
      }),
    );
  });

  it('puts the first branch on the right where reading starts there', () => {
    const step = withBranch(newStep('condition', 'Ask', new Set()), 'then', [newStep('wait', 'Yes', new Set())]);
    const x = (mirrored: boolean) => layoutSteps([step], mirrored).boxes.find((box) => box.stepId === 'yes')!.x;
    expect(x(false)).toBeLessThan(-124);
    expect(x(true)).toBeGreaterThan(-124);
  });
});
