import { mount } from '../../components/mount.tsx'
import { Configure } from './configure.tsx'

mount((teams) => <Configure teams={teams} />)
