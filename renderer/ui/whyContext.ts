import { createContext } from 'react';
import type { ComponentType } from 'react';

/** What can tell more about a sentence that says why a control is off. Provided above every screen. */
export interface WhyExplainer {
  /** True where there is more to tell than the sentence. */
  explains: (sentence: string) => boolean;
  /** How a decision was reached, step by step, and what would help. */
  Explanation: ComponentType<{ sentence: string }>;
  /** Says how the explanation is opened. */
  hint: string;
}

export const WhyContext = createContext<WhyExplainer | undefined>(undefined);
