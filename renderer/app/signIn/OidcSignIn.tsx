import { proveAtProvider, signInAtProvider } from '#renderer/data/session/oidc.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { ProviderButton } from './ProviderButton.tsx';

interface OidcSignInProps {
  /** What people call the provider. */
  name: string;
  disabled: boolean;
  /** '' = what was said before no longer counts. */
  onProblem: (problem: string) => void;
  onSignedIn: () => void;
}

/** Signs in at the server's OpenID provider, in the person's own browser. */
export function OidcSignIn({ name, disabled, onProblem, onSignedIn }: OidcSignInProps) {
  const replica = useReplica();
  return (
    <ProviderButton
      name={name}
      label="signIn"
      disabled={disabled}
      onProblem={onProblem}
      onDone={onSignedIn}
      visit={async (parts) => {
        const outcome = await signInAtProvider({ ...parts, post: (path, body) => replica.ask('POST', path, body) });
        if (outcome.outcome === 'done') await replica.adopt(outcome.answer);
        return outcome;
      }}
    />
  );
}

interface OidcProofProps {
  name: string;
  onProblem: (problem: string) => void;
  onProved: () => void;
}

/** Proves at the provider that it is still the same person, for who has no password here. */
export function OidcProof({ name, onProblem, onProved }: OidcProofProps) {
  const replica = useReplica();
  return (
    <ProviderButton
      name={name}
      label="prove"
      disabled={false}
      onProblem={onProblem}
      onDone={onProved}
      visit={(parts) => proveAtProvider({ ...parts, post: (path, body) => replica.call('POST', path, body) })}
    />
  );
}
