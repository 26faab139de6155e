import { Button, CopyButton } from '@mantine/core';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { IconCircleCheck, IconCircleX, IconHelpCircle, IconCopy, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import { privacyProofSchema } from '#shared/protocol/privacy.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { JsonView } from '#renderer/ui/JsonView.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Privacy.module.css';

type Proof = { document: Record<string, unknown>; hash: string };

/** The proof of completion: its hash in the record, in the audit log, and that of the document itself, computed here. */
export function ProofSection({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('privacy');
  const problemText = useProblemText();
  const replica = useReplica();
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  const [proof, setProof] = useState<Proof>();
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const told = textIn(record.body, 'proof');
  const { rows } = useRecordList({
    kind: 'auditEntry',
    filters: [{ path: 'body.resourceId', operator: 'is', value: record.id }],
    limit: 200,
  });
  const logged = rows.some(({ record: entry }) => {
    const changes = entry.body['changes'];
    return (
      Array.isArray(changes) &&
      changes.some((one) => isJsonObject(one) && one['path'] === 'body.proof' && one['new'] === told)
    );
  });
  const load = async () => {
    setBusy(true);
    const outcome = await replica.call('GET', `/v1/privacy/requests/${encodeURIComponent(record.id)}/proof`);
    setBusy(false);
    const read = outcome.ok ? privacyProofSchema.safeParse(outcome.value) : undefined;
    if (!read?.success) {
      setProblem(outcome.ok ? t('preview.unreadable') : problemText(outcome.error));
      return;
    }
    const { document } = read.data;
    setProblem('');
    setProof({ document, hash: bytesToHex(sha256(utf8ToBytes(canonicalJson(document)))) });
  };
  return (
    <section className={classes.section} data-testid="proof">
      <div className={classes.headRow}>
        <h2 className={classes.heading}>{t('proof.title')}</h2>
        <GuardedButton
          variant="default"
          size="xs"
          leftSection={<IconShieldCheck size={14} />}
          whyNot={online ? '' : t('act.onlineOnly')}
          loading={busy}
          data-testid="verify-proof"
          onClick={() => void load()}
        >
          {t('proof.verify')}
        </GuardedButton>
      </div>
      <div className={classes.proof}>
        <p className={classes.quiet}>{t('proof.text')}</p>
        <div className={classes.sample}>
          <code className={classes.path} dir="ltr" data-testid="proof-hash">
            {told}
          </code>
          <CopyButton value={told}>
            {({ copied, copy }) => (
              <Button variant="subtle" size="compact-xs" leftSection={<IconCopy size={12} />} onClick={copy}>
                {t(copied ? 'proof.copied' : 'proof.copy')}
              </Button>
            )}
          </CopyButton>
        </div>
        <div role="status">
          <ul className={classes.checks}>
            <Check ok={logged || undefined} text={t(logged ? 'proof.logged' : 'proof.notLogged')} />
            {proof && <Check ok={proof.hash === told} text={t(proof.hash === told ? 'proof.fits' : 'proof.differs')} />}
            {problem !== '' && <Check ok={false} text={problem} />}
          </ul>
        </div>
        {proof && (
          <JsonView
            label={t('proof.document')}
            value={proof.document}
            words={{ copy: t('proof.copy'), copied: t('proof.copied') }}
          />
        )}
      </div>
    </section>
  );
}

/** One thing that was looked at; undefined = this console cannot tell. */
function Check({ ok, text }: { ok: boolean | undefined; text: string }) {
  const Mark = ok === undefined ? IconHelpCircle : ok ? IconCircleCheck : IconCircleX;
  return (
    <li className={classes.check} data-ok={ok === undefined ? 'unknown' : ok ? 'yes' : 'no'}>
      <Mark size={14} aria-hidden="true" />
      <span>{text}</span>
    </li>
  );
}
