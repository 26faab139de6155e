import type { Problem } from '../../kernel/errors.ts';
import type { Json } from '../../kernel/json.ts';
import { problemOf, saying } from '../../kernel/sentences/sentence.ts';
import { rule } from '../../resources/automation/rule.ts';
import { resources } from '../../resources/registry.ts';
import { checkRule } from '../automation/rules/checkRule.ts';
import type { RuleProblem } from '../automation/rules/checkRule.ts';
import { checkDecider } from './checkDecider.ts';
import type { CheckedWrite, KindCheck } from './checkDecider.ts';
import { checkLogKeeping } from './checkLogKeeping.ts';
import { checkPrivacyRequest } from './checkPrivacyRequest.ts';
import { checkRole } from './checkRole.ts';
import { forbidden } from './problems.ts';
import { actsAnew, missingForRule } from './rulePermissions.ts';

/** What only some kinds ask for, beyond schema, states and permissions of the descriptor. */
const checks: Readonly<Record<string, KindCheck>> = {
  rule: checkActiveRule,
  approval: checkDecider,
  role: checkRole,
  legalHold: checkLogKeeping,
  retentionRule: checkLogKeeping,
  privacyRequest: checkPrivacyRequest,
};

/** The first thing a kind itself has against a write. */
export function checkKind(write: CheckedWrite): Problem | undefined {
  return Object.hasOwn(checks, write.record.kind) ? checks[write.record.kind]?.(write) : undefined;
}

/** A rule with errors, or whose steps do what its author may not, may be kept as long as it is not active. */
function checkActiveRule({ stored, record, principal }: CheckedWrite): Problem | undefined {
  const body = rule.body.safeParse(record.body);
  if (!body.success || !body.data.isActive) return undefined;
  const anew = actsAnew(stored, record);
  const missing = anew && missingForRule(principal, record.tenantId, anew);
  if (missing !== undefined) return { ...forbidden(missing), path: 'body.steps' };
  const [first] = checkRule({ id: record.id, tenantId: record.tenantId, body: body.data }, { resources });
  if (first?.severity !== 'error') return undefined;
  const values = Object.fromEntries(Object.entries(first.details).map(([name, value]) => [name, said(value)]));
  const problem = { key: 'rule_problem', values: { ...values, code: first.code, message: describe(first) } };
  return problemOf('invalid', saying('rule_cannot_be_active', { problem }), {
    path: `body.${first.path}`,
    details: { problem: first.code, ...first.details },
  });
}

function said(value: Json): string | number {
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}

function describe({ path, code, details }: RuleProblem): string {
  const named = details['message'] ?? details['found'] ?? details['field'] ?? details['status'] ?? details['kind'];
  const what = code.replaceAll('_', ' ');
  return named === undefined ? `${what} at '${path}'` : `${what} at '${path}' (${said(named)})`;
}
