/** Headings and last sentences of reviews, from one star to five. @module */
import type { Words } from './words.ts'

export const reviewTitles: readonly (readonly Words[])[] = [
  [
    ['Sent it back', '반품했습니다'],
    ['Disappointed', '실망했어요'],
    ['Not for me', '저와는 맞지 않네요'],
    ['Expected much more', '기대가 컸는데 아쉽습니다'],
    ['Would not buy again', '다시는 안 살 것 같아요'],
  ],
  [
    ['Not quite there', '많이 아쉬워요'],
    ['Looks better than it is', '보기보다 별로예요'],
    ['Below average', '평균 이하'],
    ['Too many small flaws', '사소한 흠이 많습니다'],
    ['Hoped for more', '조금 더 기대했어요'],
  ],
  [
    ['It does the job', '무난합니다'],
    ['Fine, with a but', '좋은데 하나가 아쉬워요'],
    ['Decent for the price', '가격 생각하면 괜찮아요'],
    ['Mixed feelings', '반반입니다'],
    ['Neither good nor bad', '보통이에요'],
  ],
  [
    ['Very good', '아주 좋아요'],
    ['Happy with it', '만족합니다'],
    ['Almost perfect', '거의 완벽해요'],
    ['Good choice', '잘 샀어요'],
    ['Would recommend', '추천합니다'],
    ['Nicer than expected', '기대 이상입니다'],
  ],
  [
    ['Love it', '정말 마음에 들어요'],
    ['Perfect', '완벽합니다'],
    ['Worth every penny', '돈이 아깝지 않아요'],
    ['Exactly what I wanted', '딱 찾던 거예요'],
    ['Five stars', '별 다섯 개'],
    ['Best purchase this year', '올해 가장 잘 산 물건'],
    ['Beautifully made', '정말 잘 만들었어요'],
    ['Could not be happier', '더 바랄 게 없어요'],
  ],
]

export const reviewEndings: readonly (readonly Words[])[] = [
  [
    ['The refund at least was quick.', '그래도 환불은 빨랐습니다.'],
    ['I cannot recommend it.', '추천하기 어렵습니다.'],
    ['I will look elsewhere.', '다른 것을 찾아보겠습니다.'],
  ],
  [
    ['I keep it, but without joy.', '그냥 쓰기는 하지만 즐겁지는 않네요.'],
    ['Customer service was kind about it.', '고객센터는 친절했습니다.'],
    ['At this price I expected more care.', '이 가격이면 더 신경 썼어야 해요.'],
  ],
  [
    ['All in all it is okay.', '전체적으로는 괜찮습니다.'],
    ['I might buy another model next time.', '다음에는 다른 모델을 살 것 같아요.'],
    ['For everyday use it is enough.', '평소에 쓰기에는 충분해요.'],
  ],
  [
    ['I would buy it again.', '다시 살 의향이 있습니다.'],
    ['Delivery was quick, too.', '배송도 빨랐습니다.'],
    ['A small point off, otherwise great.', '작은 점 하나만 빼면 훌륭합니다.'],
    ['Good value.', '값어치를 합니다.'],
  ],
  [
    ['I would buy it again tomorrow.', '내일이라도 다시 사겠습니다.'],
    ['It arrived a day early.', '예정보다 하루 일찍 왔어요.'],
    ['A present to myself that I do not regret.', '나에게 준 선물인데 후회가 없습니다.'],
    ['I have told all my friends.', '친구들에게 다 알렸어요.'],
    ['Thank you to the people who made it.', '만들어 주신 분들께 감사드려요.'],
  ],
]
