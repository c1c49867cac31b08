import { show } from '../../components/show.tsx'
import { metaOf, teamsOrigins } from '../../meta.ts'
import { endPopUp } from '../../teams.ts'
import { SignInEnd } from './sign-in-end.tsx'

const code = metaOf('one-time-code')
const problem = metaOf('problem')
const isDone = code !== ''

// A problem is shown here too, since the page that opened the window may not be there any more.
void endPopUp(teamsOrigins(), isDone ? { ok: true, code } : { ok: false, sentence: problem }).catch(() => {
  // No Teams opened this window: the page says so by itself.
})
show(<SignInEnd problem={isDone ? undefined : problem} themeName={metaOf('theme')} />)
