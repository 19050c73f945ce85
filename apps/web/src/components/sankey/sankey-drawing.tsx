import { SankeyChart } from 'echarts/charts'
import { TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../app/languages.ts'
import { fenOf, figure, lengthOf, scaleOf } from '../../ui/money.ts'
import type { Flow } from './sankey.tsx'

use([SankeyChart, TooltipComponent, SVGRenderer])

const NARROW_PX = 620
const NAMED_SHARE = 0.12

/** Loaded apart from the page: the charting library is most of a megabyte. */
export default function SankeyDrawing({ flow }: { readonly flow: Flow }) {
  const place = useRef<HTMLDivElement>(null)
  const { t } = useTranslation()
  useEffect(() => {
    const element = place.current
    if (!element) return
    const chart = init(element, null, { renderer: 'svg' })
    const draw = () =>
      chart.setOption(optionOf(flow, element.clientWidth < NARROW_PX, scale => t(`unit.${scale}`)))
    draw()
    const observer = new ResizeObserver(() => {
      chart.resize()
      draw()
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [flow, t])
  return <div ref={place} className="sankey-drawing" />
}

type UnitWord = (scale: ReturnType<typeof scaleOf>) => string

function optionOf(flow: Flow, narrow: boolean, unit: UnitWord) {
  const written = (yuan: string) => {
    const scale = scaleOf(fenOf(yuan), currentLanguage())
    return `${figure(fenOf(yuan), scale)} ${unit(scale)}`
  }
  const nameOf = new Map(flow.nodes.map(node => [node.id, node.name]))
  const through = throughput(flow)
  const largest = Math.max(...[...through.values()].map(lengthOf))
  // On a phone only what is wide enough to carry its name is named; the table below names everything.
  const isWide = (node: string) => lengthOf(through.get(node) ?? '0') > largest * NAMED_SHARE
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  return {
    animation: !still,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    tooltip: {
      trigger: 'item',
      confine: true,
      formatter: (item: { data: { words: string } }) => item.data.words,
    },
    series: [
      {
        type: 'sankey',
        orient: narrow ? 'vertical' : 'horizontal',
        left: 8,
        right: narrow ? 8 : 150,
        top: narrow ? 34 : 20,
        bottom: narrow ? 30 : 28,
        nodeWidth: narrow ? 12 : 16,
        nodeGap: narrow ? 18 : 34,
        // What ends early stands beside the stage it left, not at the far end.
        nodeAlign: 'left',
        layoutIterations: 32,
        draggable: false,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'gradient', opacity: 0.32, curveness: 0.5 },
        label: {
          color: '#14213d',
          fontSize: narrow ? 11 : 13,
          lineHeight: narrow ? 14 : 18,
          position: narrow ? 'top' : 'right',
          formatter: (item: { name: string }) => {
            const name = nameOf.get(item.name) ?? item.name
            if (narrow) return isWide(item.name) ? name : ''
            return `${name}\n{figure|${written(through.get(item.name) ?? '0')}}`
          },
          rich: { figure: { color: '#4a556c', fontSize: 12, lineHeight: 16 } },
        },
        labelLayout: { hideOverlap: true },
        data: flow.nodes.map(node => ({
          name: node.id,
          itemStyle: { color: node.color, borderWidth: 0 },
          words: `${node.name}: ${written(through.get(node.id) ?? '0')}`,
        })),
        links: flow.links.map(link => ({
          source: link.source,
          target: link.target,
          value: lengthOf(link.amount),
          words: `${nameOf.get(link.source)} → ${nameOf.get(link.target)}: ${written(link.amount)}`,
        })),
      },
    ],
  }
}

/** What flows through each node, exactly: the larger of what comes in and what goes out. */
function throughput(flow: Flow): Map<string, string> {
  const sums = new Map<string, { in: bigint; out: bigint }>()
  for (const node of flow.nodes) sums.set(node.id, { in: 0n, out: 0n })
  for (const link of flow.links) {
    const [source, target] = [sums.get(link.source), sums.get(link.target)]
    if (source) source.out += fenOf(link.amount)
    if (target) target.in += fenOf(link.amount)
  }
  return new Map(
    [...sums].map(([id, sum]) => {
      const fen = sum.in > sum.out ? sum.in : sum.out
      return [id, `${fen / 100n}.${(fen % 100n).toString().padStart(2, '0')}`]
    }),
  )
}
