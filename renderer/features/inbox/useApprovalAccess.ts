import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';

/**
 * Why the person may not decide an approval, in a sentence; '' = they may. They need the right to decide approvals and the
 * one the step asks for, both for the approval's tenant.
 */
export function useApprovalAccess(): (approval: RecordEnvelope) => string {
  const { t } = useTranslation('words');
  const principal = usePrincipal();
  return useCallback(
    (approval) => {
      const asked = textIn(approval.body, 'permission') || 'approvals.approve';
      const { tenantId, createdBy, assignedTo } = approval;
      const missing = [
        { permission: 'approvals.approve', target: { tenantId, createdBy, assignedTo } },
        // What follows is done to the tenant's records, whoever made the approval.
        { permission: asked, target: { tenantId, createdBy: principal?.id ?? '' } },
      ].find(({ permission, target }) => !principal || !decideAccess(principal, permission, target).allowed);
      return missing ? t('forbidden', { permission: missing.permission }) : '';
    },
    [principal, t],
  );
}
