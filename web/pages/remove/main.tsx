import { mount } from '../../components/mount.tsx'
import { Remove } from './remove.tsx'

mount((teams) => <Remove teams={teams} />)
