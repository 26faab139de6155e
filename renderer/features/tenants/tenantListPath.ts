/** The list of a kind with only the tenant's records, for those that a page of the tenant leaves out. */
export function tenantListPath(kind: string, tenantId: string): string {
  return `/records/${kind}?tenantId=${encodeURIComponent(tenantId)}`;
}
