import { show } from '../../components/show.tsx'
import { speakConsole } from '../../i18n/console.ts'
import { speak } from '../../i18n/language.ts'
import { Console } from './console.tsx'

const locale = new URLSearchParams(location.search).get('lang') ?? navigator.language
const [{ tag, sentences: inTeams }, sentences] = await Promise.all([speak(locale), speakConsole(locale)])
document.documentElement.lang = tag
document.title = sentences.title
show(<Console tag={tag} sentences={sentences} operators={inTeams.form.operators} />)
