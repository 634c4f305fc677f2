import { useDisclosure } from '@mantine/hooks';
import { notificationsStore } from '@mantine/notifications';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { Navigate, Outlet, useLocation, useMatches } from 'react-router';
import type { Me } from '../../shared/api/workspace.ts';
import { failureOf } from '../api/errors.ts';
import { useMeQuery, useSessionWatch } from '../api/session.ts';
import { useSocketConnection } from '../api/socket.ts';
import { t } from '../i18n/t.ts';
import { Drawer } from '../ui/Drawer.tsx';
import { useHotkeyListener } from '../ui/hotkeys.ts';
import { HeaderSlotProvider } from '../ui/HeaderSlot.tsx';
import { Failed } from '../ui/States.tsx';
import { startTips } from '../ui/tips.ts';
import { useOnce } from '../ui/useOnce.ts';
import { useUsed } from '../ui/whenUsed.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { Brand, SchemeButton, SearchButton } from './HeaderParts.tsx';
import { Navigation } from './Navigation.tsx';
import { OfflineBar } from './OfflineBar.tsx';
import { UpdateBar } from './UpdateBar.tsx';
import { PageLoading } from './PageLoading.tsx';
import { Palette } from './Palette.tsx';
import { PhoneBar } from './PhoneBar.tsx';
import type { RouteHandle } from './routes.tsx';
import classes from './Shell.module.css';
import { ShortcutSheet } from './ShortcutSheet.tsx';

/** Toasts wait in their store until this has been loaded. */
const Notifications = lazy(async () => ({ default: (await import('./notificationParts.ts')).Notifications }));

/** Everything around the signed-in pages. Whoever is not signed in goes to the sign-in page and comes back after it. */
export default function Shell() {
  const me = useMeQuery();
  const location = useLocation();
  if (me.data && !(me.error && failureOf(me.error).code === 'unauthorized')) return <Frame me={me.data} />;
  if (me.isPending) return <PageLoading />;
  const failure = failureOf(me.error);
  if (failure.code === 'unauthorized') {
    const here = `${location.pathname}${location.search}`;
    return <Navigate to={here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`} replace />;
  }
  return <Failed failure={failure} onRetry={() => void me.refetch()} />;
}

function Frame({ me }: { me: Me }) {
  const rail = useMatches().some((match) => (match.handle as RouteHandle | undefined)?.rail === true);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [drawer, { open, close }] = useDisclosure(false);
  useHotkeyListener();
  useEffect(startTips, []);
  useSessionWatch();
  useSocketConnection(me.workspace.id);
  const toasts = useToasts();
  return (
    <HeaderSlotProvider value={slot}>
      <a className={classes.skip} href="#content">
        {t('Skip to the content')}
      </a>
      <div className={classes.shell} data-rail={rail}>
        <header className={classes.header}>
          <Brand compact={rail} onMenu={open} />
          <div className={classes.slot} ref={setSlot} />
          <div className={classes.headerEnd}>
            <SearchButton compact={rail} />
            <SchemeButton />
            <AccountMenu me={me} />
          </div>
        </header>
        <aside className={classes.side}>
          <Navigation rail={rail} />
        </aside>
        <main className={classes.main} id="content" tabIndex={-1}>
          <OfflineBar />
          <UpdateBar />
          <Outlet key={me.workspace.id} />
        </main>
        {rail ? null : <PhoneBar onMore={open} />}
      </div>
      <Drawer
        opened={drawer}
        onClose={close}
        size={280}
        title={<Brand compact={false} />}
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <Navigation rail={false} onNavigate={close} />
      </Drawer>
      {toasts ? (
        <Suspense fallback={null}>
          <Notifications position="bottom-right" limit={4} />
        </Suspense>
      ) : null}
      <Palette />
      <ShortcutSheet />
    </HeaderSlotProvider>
  );
}

/** Whether the part that shows toasts is wanted: there is one, or there may soon be. */
function useToasts(): boolean {
  const some = useSyncExternalStore(notificationsStore.subscribe, hasToasts);
  return useOnce(useUsed() || some);
}

function hasToasts(): boolean {
  return notificationsStore.getState().notifications.length > 0;
}
