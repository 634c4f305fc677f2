import { useMe } from '../../api/session.ts';
import { Page } from '../../ui/Page.tsx';

export default function HomePage() {
  const me = useMe();
  return <Page title={`Welcome, ${me.user.name.split(' ')[0]}`}>{null}</Page>;
}
