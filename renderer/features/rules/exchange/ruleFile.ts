import * as z from 'zod';
import { ar, en, fr } from 'zod/locales';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';

/** What the server counts does not travel with a rule. */
const written = rule.body.omit({
  executionCount: true,
  lastExecutedAt: true,
  pausedAt: true,
  skippedCount: true,
  revision: true,
});

const fileSchema = z.object({
  format: z.literal('steward.rules'),
  version: z.literal(1),
  rules: z.array(
    z.object({ id: z.string().max(64).default(''), tenantId: z.string().max(64).default(''), body: z.unknown() }),
  ),
});

/** Rules of one file at most. */
const mostRules = 2000;

/** The text of a file that holds these rules: two spaces deep, fields in the order of the schema. */
export function writeRuleFile(records: readonly RecordEnvelope[]): string {
  const rules = records.map(({ id, tenantId, body }) => ({ id, tenantId, body: contentOf(body) }));
  return `${JSON.stringify({ format: 'steward.rules', version: 1, rules }, null, 2)}\n`;
}

function contentOf(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(written.shape).flatMap((name) => {
      const value = body[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A rule of a file that can be taken in. */
export interface FiledRule {
  id: string;
  tenantId: string;
  /** Checked, with defaults filled in. */
  body: z.infer<typeof written>;
}

/** A rule of a file that cannot be taken in, and why. */
export interface FiledFault {
  /** 1 = the first of the file. */
  place: number;
  name: string;
  /** Inside the rule, dotted. */
  path: string;
  message: string;
}

const languages = { ar, en, fr } as const;

/**
 * Reads a file of rules. Fails as a whole only where it is no such file; a rule with a fault leaves the others as they are.
 * Faults are said in the language asked for.
 */
export function readRuleFile(
  text: string,
  language: keyof typeof languages = 'en',
): Result<{ rules: FiledRule[]; faults: FiledFault[] }, 'not_json' | 'not_rules' | 'too_many'> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return failure('not_json');
  }
  const file = fileSchema.safeParse(content);
  if (!file.success) return failure('not_rules');
  if (file.data.rules.length > mostRules) return failure('too_many');
  const rules: FiledRule[] = [];
  const faults: FiledFault[] = [];
  file.data.rules.forEach(({ id, tenantId, body }, index) => {
    const read = written.safeParse(body, { error: languages[language]().localeError });
    if (read.success) {
      rules.push({ id, tenantId, body: read.data });
      return;
    }
    const issue = read.error.issues[0];
    const name = z.object({ name: z.string() }).safeParse(body);
    faults.push({
      place: index + 1,
      name: name.success ? name.data.name : '',
      path: issue?.path.map(String).join('.') ?? '',
      message: issue?.message ?? '',
    });
  });
  return success({ rules, faults });
}

/** What taking a rule in does. */
export type ImportPlan =
  /** `elsewhere`: the file names a tenant that is not here, so it would belong to the platform. */
  | { does: 'create'; filed: FiledRule }
  | { does: 'change'; filed: FiledRule; record: Rule }
  | { does: 'nothing'; filed: FiledRule; record: Rule };

/**
 * What a filed rule does here: it changes the rule of its id, else the one of the same name in the same tenant, else it is
 * new. New rules and changed ones keep the switch of the file.
 */
export function planImport(filed: FiledRule, existing: readonly Rule[]): ImportPlan {
  const record =
    existing.find((one) => filed.id !== '' && one.id === filed.id) ??
    existing.find((one) => one.tenantId === filed.tenantId && one.body.name === filed.body.name);
  if (!record) return { does: 'create', filed };
  const same = Object.entries(filed.body).every(([name, value]) => {
    const key = name as keyof typeof filed.body;
    return jsonEqual(value, record.body[key]);
  });
  return same ? { does: 'nothing', filed, record } : { does: 'change', filed, record };
}
