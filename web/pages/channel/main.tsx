import { mount } from '../../components/mount.tsx'
import { Channel } from './channel.tsx'

mount((teams) => <Channel teams={teams} />)
