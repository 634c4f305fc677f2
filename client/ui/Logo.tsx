/** The mark: two threads woven into a W. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none', display: 'block' }}>
      <rect width="32" height="32" rx="9" fill="#5b5bd6" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
        <path d="M8 21c4 0 4-9 8-9 3 0 2 9 8 9" opacity=".45" />
        <path d="M8 12c3 0 3 9 7 9 5 0 4-10 9-10" />
      </g>
      <circle cx="8" cy="12" r="2.4" fill="#fff" />
      <circle cx="24" cy="11" r="2.4" fill="#fff" />
    </svg>
  );
}
