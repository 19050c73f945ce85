import { type Elements, typeName } from './elements.ts'
import type { ItemDefinition } from './model.ts'
import type { XmlElement } from './xml.ts'

/** A type of the model: of its own, a restriction of another, a structure, a collection, a function. */
export function readItemDefinition(at: Elements, element: XmlElement): ItemDefinition {
  const typeRef = at.textOf(element, 'typeRef')
  const functionItem = at.find(element, 'functionItem')
  return {
    ...at.described(element),
    name: at.nameOf(element),
    isCollection: element.attributes.get('isCollection')?.trim() === 'true',
    components: at.all(element, 'itemComponent').map(component => readItemDefinition(at, component)),
    ...(typeRef === undefined ? {} : { typeRef: typeName(typeRef) }),
    ...tests(at, element, 'allowedValues'),
    ...tests(at, element, 'typeConstraint'),
    ...(functionItem === undefined ? {} : { functionItem: readFunctionItem(at, functionItem) }),
  }
}

function tests(
  at: Elements,
  element: XmlElement,
  name: 'allowedValues' | 'typeConstraint',
): { [name]?: string } {
  const text = at.feelOf(at.find(element, name))
  return text === '' ? {} : { [name]: text }
}

function readFunctionItem(at: Elements, element: XmlElement): NonNullable<ItemDefinition['functionItem']> {
  const outputTypeRef = at.attribute(element, 'outputTypeRef')
  return {
    parameters: at.all(element, 'parameters').map(parameter => at.variable(parameter)),
    ...(outputTypeRef === undefined ? {} : { outputTypeRef: typeName(outputTypeRef) }),
  }
}
