import { textIn } from '#shared/records/readBody.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';

export const severities = ['critical', 'high', 'medium', 'low'] as const;

export const facetNames = ['status', 'severity', 'type'] as const;
export type FacetName = (typeof facetNames)[number];

/** Chosen values by facet; an empty list chooses all. */
export type FacetChoice = Readonly<Record<FacetName, readonly string[]>>;

/** What a person who opens the triage wants to see first: everything that is not decided. */
export const openFacets: FacetChoice = { status: ['detected', 'investigating'], severity: [], type: [] };

export function facetValue(record: RecordEnvelope, facet: FacetName): string {
  return facet === 'status' ? record.status : textIn(record.body, facet);
}

/** True while the anomaly is put off to a later time. `now` in milliseconds since the epoch. */
export function isSnoozed(record: RecordEnvelope, now: number): boolean {
  return Date.parse(textIn(record.body, 'snoozedUntil')) > now;
}

export interface TriageView {
  facets: FacetChoice;
  /** Every word must occur in title, component, metric or detector, in any case. */
  text: string;
  showSnoozed: boolean;
  now: number;
}

/**
 * The anomalies to triage, worst first and newest first among equals. `keep` stays in the list though its status no
 * longer fits, so that a decision does not pull the record from under the person who made it.
 */
export function triageList(records: readonly RecordEnvelope[], view: TriageView, keep: string): RecordEnvelope[] {
  const words = view.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return records
    .filter((record) => record.id === keep || matches(record, view, words, undefined))
    .sort(
      (left, right) =>
        rank(left) - rank(right) || lastSeen(right).localeCompare(lastSeen(left)) || left.id.localeCompare(right.id),
    );
}

/** How many records each value of a facet would show, the other facets staying as they are. */
export function facetCounts(
  records: readonly RecordEnvelope[],
  view: TriageView,
  facet: FacetName,
): Map<string, number> {
  const words = view.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const counts = new Map<string, number>();
  for (const record of records) {
    if (!matches(record, view, words, facet)) continue;
    const value = facetValue(record, facet);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function matches(record: RecordEnvelope, view: TriageView, words: string[], ignored: FacetName | undefined): boolean {
  for (const facet of facetNames) {
    if (facet === ignored) continue;
    const chosen = view.facets[facet];
    if (chosen.length > 0 && !chosen.includes(facetValue(record, facet))) return false;
  }
  if (!view.showSnoozed && isSnoozed(record, view.now)) return false;
  if (words.length === 0) return true;
  const text = ['title', 'component', 'metric', 'detector']
    .map((name) => textIn(record.body, name))
    .join(' ')
    .toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}

function rank(record: RecordEnvelope): number {
  const position = severities.findIndex((severity) => severity === textIn(record.body, 'severity'));
  return position === -1 ? severities.length : position;
}

function lastSeen(record: RecordEnvelope): string {
  return textIn(record.body, 'lastSeenAt') || record.updatedAt;
}

/** The id `step` places after `current` in the list, staying inside it; the first where `current` is not in it. */
export function neighbour(ids: readonly string[], current: string, step: 1 | -1): string {
  const index = ids.indexOf(current);
  if (index === -1) return ids[0] ?? '';
  return ids[Math.min(ids.length - 1, Math.max(0, index + step))] ?? '';
}
