import { create } from 'zustand';

interface TenantFilter {
  /** The tenant whose records lists show; '' = all. */
  tenantId: string;
  choose: (tenantId: string) => void;
}

const useTenantFilterStore = create<TenantFilter>((set) => ({
  tenantId: '',
  choose: (tenantId) => set({ tenantId }),
}));

/** The tenant chosen in the header, '' for all. */
export function useTenantFilter(): string {
  return useTenantFilterStore((state) => state.tenantId);
}

export function useChooseTenant(): (tenantId: string) => void {
  return useTenantFilterStore((state) => state.choose);
}
