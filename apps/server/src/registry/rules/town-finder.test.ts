import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { readCity } from '../../platform/city.ts'
import { readTowns } from '../towns.ts'
import { createTownFinder } from './town-finder.ts'

const city = readCity('testville')
const find = createTownFinder(readTowns(city), city.code)

const [CENTRE, EAST, WILLOW, BRIDGE, AIRPORT] = [
  '990100001',
  '990100002',
  '990100101',
  '990100102',
  '990100106',
]

const ADDRESSES: readonly [address: string, town: string | undefined, why: string][] = [
  ['示例省测试市柳溪镇长安路1号', WILLOW, 'province, city, town'],
  ['测试市柳溪镇', WILLOW, 'city, town'],
  ['测试柳溪镇', WILLOW, 'the city without 市'],
  ['示例测试市测试柳溪镇', WILLOW, 'the city twice'],
  ['测试市 柳溪镇 长安路', WILLOW, 'spaces'],
  ['测试市柳溪长安路1号', WILLOW, 'the short name before a street of another name'],
  ['测试市城中区人民路2号', CENTRE, 'an earlier name'],
  ['测试市城中街道人民路', CENTRE, 'the 街 of 街道 is no street'],
  ['测试市东区柳溪路5号', EAST, 'the first name is the town, the street is elsewhere'],
  ['测试市机场区一号', AIRPORT, 'an area under another administration'],
  ['测试市旧渡镇码头', BRIDGE, 'a retired town is what it became'],
  ['测试市老井乡', BRIDGE, 'twice merged'],
  ['测试市柳溪镇东区工业园', WILLOW, 'the east of a town is not the town of that name'],
  ['测试市港口路5号', undefined, 'a street named after a town'],
  ['测试市港口大道5号', undefined, 'an avenue named after a town'],
  ['测试市港口东路5号', undefined, 'a street named after a town, its eastern part'],
  ['测试市石桥二桥侧', undefined, 'a bridge'],
  ['测试市柳溪工业大道9号', undefined, 'an avenue'],
  ['测试市东区路1号', undefined, 'a street named after the east quarter'],
  ['测试市人民路港口镇政府旁', undefined, 'a name further on'],
  ['测试市人民路1号', undefined, 'no town said'],
  ['N/A', undefined, 'nothing said'],
]

const BOUNDS: readonly [address: string, region: string, division: string, inCity: boolean, why: string][] = [
  ['柳溪镇长安路', '测试', '110000', true, "the row's region is the city"],
  ['柳溪镇长安路', '', '990100', true, 'the registrar is the city'],
  ['柳溪镇长安路', '外地', '990100', false, "the row's region is another"],
  ['柳溪镇长安路', '', '110000', false, 'another registrar'],
  ['他省他市东区街道1号', '', '110000', false, 'another city has an east quarter too'],
]

describe('the town of an address', () => {
  for (const [address, town, why] of ADDRESSES) {
    it(`is ${town ?? 'left open'} in ${address}: ${why}`, () => {
      assert.equal(find(address, { region: '测试', divisionCode: city.code }).townCode, town)
    })
  }

  for (const [address, region, divisionCode, inCity, why] of BOUNDS) {
    it(`is ${inCity ? '' : 'not '}looked for in ${address}: ${why}`, () => {
      const place = find(address, { region, divisionCode })
      assert.equal(place.inCity, inCity)
      assert.equal(place.townCode !== undefined, inCity)
    })
  }
})

describe('the lists of towns', () => {
  const folder = join(import.meta.dirname, '../../../../../cities')
  const slugs = readdirSync(folder).filter(slug => existsSync(join(folder, slug, 'towns.json')))
  for (const slug of slugs) {
    it(`of ${slug} lead from every name, retired or not, to a town in force of that city`, () => {
      const { code, folder: at } = readCity(slug)
      const list = readTowns({ folder: at })
      const finder = createTownFinder(list, code)
      const inForce = new Set(list.towns.filter(town => town.successor_code === null).map(town => town.code))
      assert.equal(new Set(list.towns.map(town => town.code)).size, list.towns.length)
      for (const town of list.towns) {
        assert.ok(town.code.startsWith(code))
        assert.equal(town.successor_code === null, town.valid_to === null)
        for (const name of [town.name, ...town.aliases]) {
          const found = finder(`${list.city_names[0]}${name}甲村`, { region: '', divisionCode: undefined })
          assert.ok(found.townCode !== undefined && inForce.has(found.townCode), name)
        }
      }
    })
  }
})
