import { type Department, kind, type Voice } from './words.ts'

const slippers: Voice = {
  closings: [
    ['They come in a cotton bag for travelling.', '여행에 가져가기 좋은 면 주머니에 담아 드립니다.'],
    [
      'Between sizes, take the smaller one: they give a little.',
      '치수가 애매하면 작은 쪽을 권합니다. 신을수록 조금 늘어납니다.',
    ],
    ['Try them at home for thirty days.', '30일 동안 집에서 신어 보세요.'],
  ],
  praise: [
    ['Warm feet at last.', '드디어 발이 따뜻해요.'],
    ['Quiet on the stairs and kind to the floor.', '계단에서도 조용하고 바닥이 상하지 않습니다.'],
    ['They fit like a hug.', '포근하게 감싸 줍니다.'],
    ['The footbed is surprisingly good for the back.', '발바닥이 편하니 허리까지 편해요.'],
  ],
  complaints: [
    ['They run a little wide.', '폭이 조금 넓게 나왔습니다.'],
    ['The sole is slippery on tiles.', '타일에서는 미끄러워요.'],
    ['Fluff came off in the first days.', '처음 며칠은 털이 빠졌습니다.'],
  ],
}

export const shoes: Department = {
  slug: 'shoes',
  name: ['Shoes', '신발'],
  brands: [
    ['Strandlop', '스트란드롭'],
    ['Bareun', '바른'],
    ['Cobble', '코블'],
    ['Arrowmoor', '애로무어'],
    ['Northgate', '노스게이트'],
    ['Soft Mile', '소프트마일'],
    ['Gureum', '구름'],
    ['Tolland', '톨란드'],
  ],
  tags: [
    ['Vegan', '비건'],
    ['Wide fit', '발볼 넓음'],
    ['All-weather', '사계절용'],
  ],
  closings: [
    ['If you are between sizes, take the larger one.', '치수가 애매하면 큰 쪽을 권합니다.'],
    ['The soles can be replaced when they wear down.', '닳으면 밑창을 갈 수 있습니다.'],
    ['Try them at home for thirty days.', '30일 동안 집에서 신어 보세요.'],
  ],
  praise: [
    ['Comfortable from the first day, no blisters.', '첫날부터 편하고 물집이 안 생겼어요.'],
    ['I walked twelve kilometres in them without noticing.', '12km를 걸었는데 발이 멀쩡합니다.'],
    ['True to size.', '정사이즈입니다.'],
    ['They go with everything I own.', '가진 옷 모두와 어울려요.'],
    ['My feet stayed dry all day.', '하루 종일 발이 젖지 않았습니다.'],
  ],
  complaints: [
    ['They run half a size small.', '반 치수 작게 나왔습니다.'],
    ['The sole is a little stiff.', '밑창이 조금 딱딱합니다.'],
    ['The laces are too short.', '끈이 너무 짧아요.'],
  ],
  complaintsAfterLongUse: [['The heel rubbed for the first week.', '첫 주에는 뒤꿈치가 쓸렸어요.']],
  families: [
    {
      picture: 'sneaker',
      finish: 'colour',
      materials: [
        ['recycled canvas', '재생 캔버스'],
        ['soft leather', '부드러운 가죽'],
        ['breathable knit', '통기성 니트'],
        ['suede and mesh', '스웨이드와 메시'],
      ],
      openings: [
        [
          '{brand} {noun} in {material}, light and quiet on the street.',
          '가볍고 발걸음이 조용한 {material} {noun}입니다.',
        ],
        [
          'Made of {material}, with a sole that bends where the foot does.',
          '{material:으로/로} 만들고, 밑창은 발이 굽는 곳에서 함께 굽습니다.',
        ],
      ],
      features: [
        ['The insole is cork and takes the shape of your foot.', '코르크 깔창이 발 모양대로 자리 잡습니다.'],
        ['The heel is padded and holds without rubbing.', '뒤축이 푹신해 쓸림 없이 잡아 줍니다.'],
        ['The sole grips on wet pavements.', '젖은 길에서도 미끄럽지 않습니다.'],
      ],
      kinds: [
        kind('Everyday Sneakers', 'sneakers', '운동화', 39, 149, { shapes: [0] }),
        kind('Court Shoes', 'court shoes', '코트화', 49, 159, { shapes: [1] }),
        kind('Running Shoes', 'running shoes', '러닝화', 59, 189, { shapes: [2] }),
        kind('High-Top Sneakers', 'high-top sneakers', '하이톱 운동화', 55, 169, { shapes: [3] }),
      ],
    },
    {
      picture: 'boot',
      finish: 'colour',
      materials: [
        ['oiled leather', '오일 가죽'],
        ['waxed suede', '왁스 스웨이드'],
        ['natural rubber', '천연고무'],
        ['waterproof nubuck', '방수 누벅'],
      ],
      openings: [
        [
          '{brand} {noun} in {material} for streets, fields and everything between.',
          '길에서도 들에서도 신는 {material} {noun}입니다.',
        ],
        [
          '{noun} in {material}, stitched to last and to be resoled.',
          '오래 신고 밑창을 갈 수 있게 꿰맨 {material} {noun}입니다.',
        ],
      ],
      features: [
        ['The lining is soft and dries overnight.', '안감이 부드럽고 하룻밤이면 마릅니다.'],
        ['A pull tab makes them easy to put on.', '뒤쪽 고리가 있어 신기 쉽습니다.'],
        [
          'The tread is deep enough for mud and shallow enough for cafés.',
          '진흙에는 충분히 깊고 카페에는 충분히 얌전한 밑창입니다.',
        ],
      ],
      kinds: [
        kind('Chelsea Boots', 'Chelsea boots', '첼시 부츠', 79, 249, {
          shapes: [0],
          materials: [
            ['oiled leather', '오일 가죽'],
            ['waxed suede', '왁스 스웨이드'],
            ['waterproof nubuck', '방수 누벅'],
          ],
        }),
        kind('Ankle Boots', 'ankle boots', '앵클 부츠', 69, 229, {
          shapes: [1],
          materials: [
            ['oiled leather', '오일 가죽'],
            ['waxed suede', '왁스 스웨이드'],
            ['waterproof nubuck', '방수 누벅'],
          ],
        }),
        kind('Hiking Boots', 'hiking boots', '등산화', 89, 289, {
          shapes: [2],
          materials: [
            ['oiled leather', '오일 가죽'],
            ['waxed suede', '왁스 스웨이드'],
            ['waterproof nubuck', '방수 누벅'],
          ],
        }),
        kind('Rain Boots', 'rain boots', '장화', 29, 119, {
          shapes: [3],
          materials: [
            ['natural rubber', '천연고무'],
            ['matte rubber', '무광 고무'],
          ],
        }),
      ],
    },
    {
      picture: 'slipper',
      voice: slippers,
      finish: 'colour',
      materials: [
        ['felted wool', '울 펠트'],
        ['soft suede', '스웨이드'],
        ['cork and cotton', '코르크와 면'],
      ],
      openings: [
        [
          '{brand} {noun} in {material} for the first steps of the day.',
          '하루의 첫걸음을 위한 {material} {noun}입니다.',
        ],
        ['Warm without being heavy: {noun} in {material}.', '무겁지 않으면서 따뜻한 {material} {noun}입니다.'],
      ],
      features: [
        ['The sole is quiet on wooden floors.', '마룻바닥에서 소리가 나지 않습니다.'],
        ['They can be washed by hand in cool water.', '찬물에 손세탁할 수 있습니다.'],
        ['The footbed supports the arch.', '발바닥 아치를 받쳐 줍니다.'],
      ],
      kinds: [
        kind('House Slippers', 'house slippers', '실내화', 15, 69, { shapes: [0, 1] }),
        kind('Slides', 'slides', '슬라이드', 15, 79, {
          shapes: [2, 3],
          materials: [
            ['soft suede', '스웨이드'],
            ['cork and cotton', '코르크와 면'],
            ['recycled rubber', '재생 고무'],
          ],
        }),
      ],
    },
  ],
}
