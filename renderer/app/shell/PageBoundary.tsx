import { Button } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { Component } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import classes from './Shell.module.css';

/** A page that fails takes nothing else with it, and what was typed elsewhere stays. */
export class PageBoundary extends Component<{ children: ReactNode }, { problem: string | undefined }> {
  override state: { problem: string | undefined } = { problem: undefined };

  static getDerivedStateFromError(error: unknown): { problem: string } {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    void window.steward.log.write({ level: 'error', message: `${text}${info.componentStack ?? ''}`.slice(0, 16_000) });
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === undefined) return <div className={classes.page}>{this.props.children}</div>;
    return <PageFailed problem={problem} onAgain={() => this.setState({ problem: undefined })} />;
  }
}

function PageFailed({ problem, onAgain }: { problem: string; onAgain: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <EmptyState
      icon={<IconBug size={32} />}
      title={t('pageFailed.title')}
      description={t('pageFailed.text', { problem })}
      action={<Button onClick={onAgain}>{t('tryAgain')}</Button>}
    />
  );
}
