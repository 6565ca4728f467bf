import { type Department, kind, type Voice } from './words.ts'

const candles: Voice = {
  closings: [
    ['Let the first burn reach the edge.', '처음 켤 때는 가장자리까지 녹여 주세요.'],
    ['The box is plain paper and opens like a book.', '종이 상자는 책처럼 열립니다.'],
    ['A lovely thing to bring to a dinner.', '저녁 초대에 들고 가기 좋습니다.'],
    ['Never leave it burning alone.', '켜 둔 채 자리를 비우지 마세요.'],
  ],
  praise: [
    ['Fills the room without being heavy.', '무겁지 않게 방을 채우는 향이에요.'],
    ['No soot, no smoke, just calm.', '그을음도 연기도 없이 차분합니다.'],
  ],
  praiseAfterLongUse: [
    ['Burns evenly down to the last bit.', '끝까지 고르게 탑니다.'],
    ['Guests always ask what smells so good.', '손님마다 무슨 향이냐고 물어봅니다.'],
    ['The vessel is now my pencil cup.', '다 쓴 용기는 연필꽂이가 됐어요.'],
  ],
  complaints: [
    ['The scent is fainter than I hoped.', '향이 기대보다 약합니다.'],
    ['It tunnelled in the middle.', '가운데만 타들어 갔어요.'],
    ['The wick needed trimming right away.', '심지를 바로 다듬어야 했습니다.'],
  ],
}

export const lighting: Department = {
  slug: 'lighting',
  name: ['Lighting', '조명'],
  brands: [
    ['Lumenor', '루메노르'],
    ['Dalbit', '달빛'],
    ['Studio Halo', '스튜디오헤일로'],
    ['Aurea', '아우레아'],
    ['Nord Lys', '노르뤼스'],
    ['Paper Moon', '페이퍼문'],
    ['Filament Works', '필라멘트웍스'],
    ['Yeoreum', '여름'],
  ],
  tags: [
    ['Dimmable', '밝기 조절'],
    ['Warm light', '따뜻한 빛'],
    ['Reading corner', '독서 공간'],
  ],
  closings: [
    ['A warm LED bulb is included.', '따뜻한 색의 LED 전구가 들어 있습니다.'],
    ['It takes ten minutes to put together.', '조립에는 10분이면 충분합니다.'],
    ['The fabric cable is two and a half metres long.', '패브릭 전선의 길이는 2.5미터입니다.'],
    [
      'The light is soft enough for evenings and clear enough for reading.',
      '저녁에는 은은하고 책을 읽기에는 충분히 밝습니다.',
    ],
  ],
  praise: [
    ['The room feels warmer the moment it is on.', '켜는 순간 방이 따뜻해 보여요.'],
    ['Beautiful even when it is switched off.', '꺼 두어도 예쁩니다.'],
    ['No glare at all, lovely to read by.', '눈부심이 없어 책 읽기 좋습니다.'],
    ['Assembly was easy and took no tools.', '도구 없이 쉽게 조립했습니다.'],
    ['The dimmer goes really low, which I love at night.', '아주 어둡게까지 조절되어 밤에 특히 좋아요.'],
  ],
  complaints: [
    ['The cable could be longer.', '전선이 조금 더 길었으면 좋겠어요.'],
    ['The shade arrived with a small dent.', '갓이 살짝 찌그러져 왔습니다.'],
    ['Not bright enough for a whole room.', '방 전체를 밝히기에는 부족합니다.'],
    ['The switch sits in an awkward place.', '스위치 위치가 애매합니다.'],
  ],
  families: [
    {
      picture: 'table-lamp',
      finish: 'colour',
      materials: [
        ['linen and ceramic', '리넨과 도자기'],
        ['spun steel', '스틸'],
        ['opal glass', '오팔 유리'],
        ['turned wood and cotton', '원목과 면'],
      ],
      openings: [
        [
          '{A noun} in {material} that throws a pool of warm light.',
          '따뜻한 빛을 동그랗게 드리우는 {material} {noun}입니다.',
        ],
        [
          'Small in footprint, generous in light: {a noun} for shelves and bedsides.',
          '자리는 적게 차지하고 빛은 넉넉한, 선반과 침대 옆을 위한 {noun}입니다.',
        ],
      ],
      features: [
        ['A touch on the base steps through three levels.', '받침을 건드리면 세 단계로 밝기가 바뀝니다.'],
        [
          'The shade hides the bulb from every seat in the room.',
          '어디에 앉아도 전구가 보이지 않게 갓을 설계했습니다.',
        ],
        ['The base is weighted and does not tip.', '받침이 무거워 쉽게 넘어지지 않습니다.'],
      ],
      kinds: [
        kind('Table Lamps', 'table lamp', '테이블 램프', 35, 189, {
          shapes: [0, 1],
          materials: [
            ['linen and ceramic', '리넨과 도자기'],
            ['spun steel', '스틸'],
            ['turned wood and cotton', '원목과 면'],
          ],
        }),
        kind('Bedside Lamps', 'bedside lamp', '침실 램프', 25, 119, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'pendant',
      finish: 'colour',
      sizes: [
        ['Ø 25 cm', '지름 25cm'],
        ['Ø 35 cm', '지름 35cm'],
        ['Ø 50 cm', '지름 50cm'],
      ],
      materials: [
        ['spun aluminium', '알루미늄'],
        ['folded paper', '한지'],
        ['mouth-blown glass', '수공 유리'],
        ['powder-coated steel', '분체 도장 스틸'],
      ],
      openings: [
        [
          '{A noun} in {material} that gathers people around the table.',
          '사람들을 식탁으로 모으는 {material} {noun}입니다.',
        ],
        [
          'Hung low or high, this {noun} draws a clean line in the room.',
          '낮게 달아도 높게 달아도 공간에 단정한 선을 긋는 {noun}입니다.',
        ],
      ],
      features: [
        ['The inside is white and doubles the light.', '안쪽이 흰색이라 빛이 더 밝게 퍼집니다.'],
        ['The cable can be shortened without tools.', '도구 없이 전선 길이를 줄일 수 있습니다.'],
        ['A row of three looks well over a long table.', '긴 식탁 위에는 세 개를 나란히 달면 보기 좋습니다.'],
      ],
      kinds: [
        kind('Pendant Lamps', 'pendant lamp', '펜던트 조명', 39, 219, {
          shapes: [0, 1],
          materials: [
            ['spun aluminium', '알루미늄'],
            ['powder-coated steel', '분체 도장 스틸'],
            ['enamelled steel', '법랑'],
          ],
        }),
        kind('Paper Pendants', 'paper pendant', '한지 조명', 29, 149, {
          shapes: [2],
          materials: [
            ['folded paper', '한지'],
            ['mulberry paper', '닥종이'],
          ],
        }),
        kind('Glass Pendants', 'glass pendant', '유리 펜던트 조명', 49, 249, {
          shapes: [3],
          materials: [
            ['mouth-blown glass', '수공 유리'],
            ['tinted glass', '색유리'],
          ],
        }),
      ],
    },
    {
      picture: 'floor-lamp',
      finish: 'colour',
      materials: [
        ['steel and linen', '스틸과 리넨'],
        ['oak and cotton', '오크와 면'],
        ['powder-coated steel', '분체 도장 스틸'],
      ],
      openings: [
        ['{A noun} in {material} for the chair where you read.', '책 읽는 의자 곁에 두는 {material} {noun}입니다.'],
        [
          'This {noun} fills a dark corner and asks for very little floor.',
          '어두운 구석을 채우면서 자리는 거의 차지하지 않는 {noun}입니다.',
        ],
      ],
      features: [
        ['The foot switch is easy to find in the dark.', '발 스위치가 어두운 곳에서도 쉽게 밟힙니다.'],
        ['The head turns to light the page or the wall.', '머리를 돌려 책이나 벽을 비출 수 있습니다.'],
        ['The base is heavy enough for homes with cats.', '고양이가 있는 집에서도 넘어지지 않을 만큼 무겁습니다.'],
      ],
      kinds: [
        kind('Floor Lamps', 'floor lamp', '플로어 램프', 69, 289, { shapes: [0, 1] }),
        kind('Arc Lamps', 'arc lamp', '아크 램프', 99, 349, { shapes: [2] }),
        kind('Tripod Lamps', 'tripod lamp', '삼각대 램프', 79, 299, { shapes: [3] }),
      ],
    },
    {
      picture: 'candle',
      voice: candles,
      finish: 'none',
      title: ['{brand} {noun}, {option} {size}', '{brand} {noun} {option} {size}'],
      options: [
        ['Fig & Cedar', '무화과와 삼나무'],
        ['Rain on Stone', '돌 위의 비'],
        ['Green Tea', '녹차'],
        ['Orange Peel', '오렌지 껍질'],
        ['Linen & Soap', '리넨과 비누'],
        ['Pine Smoke', '솔 향 연기'],
        ['White Tea & Pear', '백차와 배'],
        ['Black Pepper', '후추'],
        ['Lavender Field', '라벤더 들판'],
        ['Honey & Oat', '꿀과 귀리'],
        ['Sea Salt', '바다 소금'],
        ['Old Books', '오래된 책'],
      ],
      sizes: [
        ['120 g', '120g'],
        ['180 g', '180g'],
        ['220 g', '220g'],
        ['320 g', '320g'],
      ],
      materials: [
        ['soy wax', '소이 왁스'],
        ['rapeseed wax', '유채 왁스'],
        ['beeswax', '밀랍'],
      ],
      openings: [
        ['{A noun} of {material} with the scent of {option}.', '{option} 향을 담은 {material} {noun}입니다.'],
        [
          'Poured by hand in small batches, this {noun} burns clean and even.',
          '소량씩 손으로 부어 만들어 그을음 없이 고르게 타는 {noun}입니다.',
        ],
      ],
      features: [
        ['The cotton wick needs no more than a short trim.', '면 심지는 살짝만 다듬어 주면 됩니다.'],
        ['It burns for about forty hours.', '약 40시간 동안 탑니다.'],
        ['The scent is there even before you light it.', '불을 켜기 전에도 은은한 향이 납니다.'],
      ],
      kinds: [
        kind('Scented Candles', 'scented candle', '향초', 12, 59, { shapes: [0, 1] }),
        kind('Pillar Candles', 'pillar candle', '기둥초', 9, 35, { shapes: [2] }),
        kind('Candle Sets', 'candle set', '캔들 세트', 19, 69, { shapes: [3] }),
      ],
    },
  ],
}
