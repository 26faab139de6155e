/** The jobs that a `runJob` step may name. What each does is translated under `serverJobs.<name>`. */
export const serverJobs = [
  /** Forgets deletions that are older than the server keeps them. Output: `removed`. */
  'compact_store',
  /** Checks every hash of the audit log of the run's tenant. Output: `checked`, `intact`, `brokenAt`. */
  'verify_audit_chain',
  /** Counts what the run's tenant has. Output: `members`, `rules`, `openTasks`. */
  'count_tenant_records',
] as const;
export type ServerJob = (typeof serverJobs)[number];

export function isServerJob(name: string): name is ServerJob {
  return (serverJobs as readonly string[]).includes(name);
}
