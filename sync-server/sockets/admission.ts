import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Messages a console may send in ten seconds, by the work they make. */
const budgets: Readonly<Record<string, number>> = { pull: 5000, push: 100_000, digest: 60 };

/** One budget per message and connection. Answers false when it is spent. */
export function createAdmission(): { admit: (connectionId: string, event: string) => Promise<boolean> } {
  const limiters = new Map(
    Object.entries(budgets).map(([event, points]) => [event, new RateLimiterMemory({ points, duration: 10 })]),
  );
  return {
    admit: async (connectionId, event) => {
      const limiter = limiters.get(event);
      if (!limiter) return true;
      try {
        await limiter.consume(connectionId);
        return true;
      } catch {
        return false; // The limiter rejects with its state, not an error, when the budget is spent.
      }
    },
  };
}
