/** Steward's mark: a shield that is also a ledger. */
export function BrandMark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path
        d="M12 2.2 4 5.1v6.2c0 5 3.4 8.7 8 10.5 4.6-1.8 8-5.5 8-10.5V5.1L12 2.2Z"
        fill="var(--mantine-primary-color-filled)"
      />
      <path d="M8.4 9h7.2M8.4 12.2h7.2M8.4 15.4h4.2" stroke="#fff" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
