import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppInfo } from '#shared/ipc/contract.ts';
import { AppearanceMenu } from '../shell/AppearanceMenu.tsx';
import { LanguageMenu } from '../shell/LanguageMenu.tsx';
import { Gate } from './Gate.tsx';
import { ServerChoice } from './ServerChoice.tsx';
import classes from './SignIn.module.css';

interface SignInFrameProps {
  info: AppInfo;
  title: string;
  text: string;
  children: ReactNode;
  /** Other ways in, below the card. */
  ways?: ReactNode;
}

/** What every page before the console looks like: brand, one card, where it leads to. */
export function SignInFrame({ info, title, text, children, ways }: SignInFrameProps) {
  const { t } = useTranslation('shell');
  return (
    <Gate
      label={title}
      ways={ways}
      foot={
        <>
          <ServerChoice serverUrl={info.serverUrl} />
          <span className={classes.menus}>
            <AppearanceMenu />
            <LanguageMenu />
          </span>
          {info.protection !== 'keychain' && <p className={classes.footWide}>{t(`protection.${info.protection}`)}</p>}
        </>
      }
    >
      <div>
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.quiet}>{text}</p>
      </div>
      {children}
    </Gate>
  );
}
