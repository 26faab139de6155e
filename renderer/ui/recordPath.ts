/** Pages made by hand for a kind; every other record opens in the generic one. */
const ownPages: Readonly<Record<string, string>> = {
  tenant: '/tenants',
  anomaly: '/anomalies',
  rule: '/rules',
  run: '/runs',
  event: '/events',
  eventType: '/event-types',
  staff: '/staff',
  role: '/roles',
  privacyRequest: '/privacy',
};

/** The path of a record's page inside the console; `edit` leads to its form. */
export function recordPath(kind: string, id: string, edit: boolean): string {
  const page = edit ? undefined : ownPages[kind];
  return page === undefined ? `/records/${kind}/${encodeURIComponent(id)}` : `${page}/${encodeURIComponent(id)}`;
}
